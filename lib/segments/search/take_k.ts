import type { CustomerMatrix } from "feira/features";
import { GATE, type Limit } from "../gate/gate.ts";
import { type FitSpec, toFit } from "./fit_stage.ts";
import { toRow } from "./leaderboard.ts";
import type { Search } from "./search_settings.ts";

/** Settings of {@linkcode takeK}. */
export interface TakeKOptions extends FitSpec {
  /** @default GATE */
  gate?: readonly Limit[];
}

/**
 * The search with the chosen number of segments: as it is when the winner has
 * it already, else with the winner's settings fitted with that number as the new
 * winner. When these fail the gate, in full training after all, nothing changes.
 *
 * @param k of a verdict on the winner's map: see {@linkcode verdictOnK}
 */
export async function takeK(
  matrix: CustomerMatrix,
  search: Search,
  k: number,
  { gate = GATE, ...spec }: TakeKOptions = {},
): Promise<Search> {
  const winner = search.leaderboard.find(({ isWinner }) => isWinner);
  if (winner === undefined || winner.k === k) return search;
  const { settings } = winner;
  const name = `${settings.name}, k = ${k}`;
  const description = `${settings.description}, ${k} segments`;
  const { segmentation, reused } = await toFit(spec)(
    matrix,
    { ...settings, name, description, k },
    "full",
  );
  const run = spec.signal === undefined ? {} : { signal: spec.signal };
  const row = await toRow(segmentation, { matrix, reused, gate, ...run });
  if (row.verdict?.passed !== true) return search;
  const others = search.leaderboard.map((other) => ({ ...other, isWinner: false }));
  return { ...search, leaderboard: [{ ...row, isWinner: true }, ...others] };
}
