import {
  bestMatchingUnits,
  distortion,
  hitMap,
  type Matrix,
  quantizationError,
  type SomMap,
  topographicError,
  uMatrix,
  winningUnits,
} from "feira/som";
import { apart, type Differences } from "./differences.ts";
import type { PeerMap } from "./peer_map.ts";

/** Holds this engine's measures of a map against MiniSom's of the same map. */
export async function compareMeasures(
  map: SomMap,
  matrix: Matrix,
  { peer, into }: { peer: PeerMap; into: Differences },
): Promise<void> {
  const { settings, qe, te, distortion: distorted, response, uSum, uMean } = peer;
  if (qe === undefined || distorted === undefined || response === undefined) return;
  const { distance, neighbourhood, sigma, topology } = settings;
  const add = (
    measure: string,
    found: number | Float64Array,
    expected: number | readonly number[],
  ) =>
    into.add(
      measure,
      topology,
      apart(typeof found === "number" ? [found] : found, [expected].flat()),
    );
  const units = await bestMatchingUnits(map, matrix);
  add("quantizationError", await quantizationError(map, matrix, { units }), qe);
  if (te !== undefined) {
    add("topographicError", await topographicError(map, matrix, { units }), te);
  }
  const bmu = await winningUnits(map, matrix, { distance });
  add("hitMap of winningUnits", hitMap(map, bmu), response);
  const spec = { sigma, neighbourhood, exponent: 1, units: { ...units, bmu } } as const;
  add("distortion", await distortion(map, matrix, spec), distorted);
  // At even heights MiniSom's u-matrix takes other rows for shifted than its coordinates.
  if (uSum === undefined || topology === "hexagonal" && map.height % 2 === 0) return;
  add("uMatrix, sum", uMatrix(map), uSum);
  add("uMatrix, mean", uMatrix(map, { scaling: "mean" }), uMean!);
}
