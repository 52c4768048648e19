import {
  measureRanks,
  type NeighbourhoodMeasure,
  type NeighbourhoodSpec,
} from "./ranks/rank_penalty.ts";
import type { Matrix, SomMap } from "./types.ts";

/**
 * How far rows that are near in the data are near on the map, also called
 * continuity: 1 when each row's nearest in the matrix are its nearest on the
 * grid, less by how far down the others rank there. Low where the map tears
 * regions apart that the data hold together.
 *
 * As {@linkcode trustworthiness} with the two spaces changed over: positions,
 * ties, cost and memory are the same.
 *
 * @param matrix `[rows × features]`
 * @throws {RangeError} when `neighbours` is not below half of the rows
 *
 * Source: J. Venna and S. Kaski (2001), Neighborhood preservation in nonlinear
 * projection methods, eq. 2, doi:10.1007/3-540-44668-0_68.
 *
 * @example
 * ```ts
 * import { neighbourhoodPreservation } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 1, 3, 7), width: 4, height: 1, features: 1 };
 * const matrix = { data: Float64Array.of(0, 1, 7), rows: 3, cols: 1 };
 * assert.equal((await neighbourhoodPreservation(map, matrix, { neighbours: 1 })).value, 1);
 * ```
 */
export async function neighbourhoodPreservation(
  map: SomMap,
  matrix: Matrix,
  spec: NeighbourhoodSpec = {},
): Promise<NeighbourhoodMeasure> {
  const action = "measure neighbourhood preservation";
  return await measureRanks(map, matrix, { spec, within: "data", action });
}
