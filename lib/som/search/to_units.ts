import { type BestMatchingUnits, bestMatchingUnits } from "../best_matching_units.ts";
import { assertFits } from "../_check.ts";
import type { Matrix, SomMap, ThreadedRun } from "../types.ts";

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
  assertUnits(units, { neurons: map.width * map.height, rows: matrix.rows, action });
  return units;
}

/** @throws {TypeError | RangeError} when units are not of these rows, or of another map; names the row. */
function assertUnits(
  { bmu, second, distance }: BestMatchingUnits,
  { neurons, rows, action }: { neurons: number; rows: number; action: string },
): void {
  for (const { length } of [bmu, second, distance]) {
    if (length === rows) continue;
    throw new TypeError(
      `Cannot ${action}: units are of ${length} rows, must be the matrix's ${rows}`,
    );
  }
  const isNeuron = (unit: number) => unit >= 0 && unit < neurons;
  for (let i = 0; i < rows; i++) {
    const isRight = isNeuron(second[i]!) || (neurons === 1 && second[i] === -1);
    if (isNeuron(bmu[i]!) && isRight) continue;
    throw new RangeError(
      `Cannot ${action}: found units ${bmu[i]} and ${second[i]} at row ${i}, must be neurons 0..${
        neurons - 1
      }`,
    );
  }
}

/** Without progress, for a search that is only the first part of a measure. */
export function withoutProgress(
  { onProgress: _heard, ...options }: MapErrorOptions,
): MapErrorOptions {
  return options;
}
