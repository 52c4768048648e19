import { type BestMatchingUnits, bestMatchingUnits } from "./best_matching_units.ts";
import { assertFits } from "./_check.ts";
import type { Matrix, SomMap, ThreadedRun } from "./types.ts";

/** What every measure of a map on a matrix takes. */
export interface MapErrorOptions extends ThreadedRun {
  /** Best-matching units already found for this map and matrix, to save the search. */
  units?: BestMatchingUnits;
}

/** The units that were given, checked, or those that a search finds. */
export async function toUnits(
  map: SomMap,
  matrix: Matrix,
  { units, ...run }: MapErrorOptions,
  action: string,
): Promise<BestMatchingUnits> {
  assertFits(map, matrix, action);
  if (units === undefined) return await bestMatchingUnits(map, matrix, run);
  if (units.bmu.length !== matrix.rows) {
    throw new TypeError(
      `Cannot ${action}: units are of ${units.bmu.length} rows, must be the matrix's ${matrix.rows}`,
    );
  }
  return units;
}

/** Without progress, for a search that is only the first part of a measure. */
export function withoutProgress(
  { onProgress: _heard, ...options }: MapErrorOptions,
): MapErrorOptions {
  return options;
}
