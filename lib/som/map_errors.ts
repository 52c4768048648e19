import { type BestMatchingUnits, bestMatchingUnits } from "./best_matching_units.ts";
import { assertFits } from "./_check.ts";
import type { Matrix, SomMap } from "./types.ts";

/** Takes best-matching units already found for this map and matrix, to save the search. */
export interface MapErrorOptions {
  units?: BestMatchingUnits;
}

/** MiniSom's limit: neighbours along an edge or a diagonal (√2) are adjacent. */
const ADJACENT = 1.42;

/**
 * The mean euclidean distance from a sample to its best unit, in the matrix's
 * units; at least 0, less is better.
 *
 * @example
 * ```ts
 * import { quantizationError } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 5), width: 2, height: 1, features: 1 };
 * const matrix = { data: Float64Array.of(0, 4), rows: 2, cols: 1 };
 * assert.equal(await quantizationError(map, matrix), 0.5);
 * ```
 */
export async function quantizationError(
  map: SomMap,
  matrix: Matrix,
  { units }: MapErrorOptions = {},
): Promise<number> {
  const { distance } = await toUnits(map, matrix, units, "measure quantization error");
  return distance.reduce((sum, value) => sum + value, 0) / matrix.rows;
}

/**
 * The share of samples, 0..1, whose two best units are more than 1.42 apart on
 * the grid, as MiniSom takes it; less is better. Not defined on a map of one
 * neuron.
 *
 * @throws {RangeError} when the map has one neuron
 *
 * @example
 * ```ts
 * import { topographicError } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 9, 1), width: 3, height: 1, features: 1 };
 * const matrix = { data: Float64Array.of(0, 9), rows: 2, cols: 1 };
 * assert.equal(await topographicError(map, matrix), 0.5);
 * ```
 */
export async function topographicError(
  map: SomMap,
  matrix: Matrix,
  { units }: MapErrorOptions = {},
): Promise<number> {
  const { width, height } = map;
  if (width * height < 2) {
    throw new RangeError("Cannot measure topographic error: map has 1 neuron, must be at least 2");
  }
  const { bmu, second } = await toUnits(map, matrix, units, "measure topographic error");
  let torn = 0;
  for (let i = 0; i < matrix.rows; i++) {
    const dx = Math.floor(bmu[i]! / height) - Math.floor(second[i]! / height);
    const dy = bmu[i]! % height - second[i]! % height;
    if (Math.hypot(dx, dy) > ADJACENT) torn++;
  }
  return torn / matrix.rows;
}

async function toUnits(
  map: SomMap,
  matrix: Matrix,
  units: BestMatchingUnits | undefined,
  action: string,
): Promise<BestMatchingUnits> {
  if (units === undefined) return await bestMatchingUnits(map, matrix);
  assertFits(map, matrix, action);
  if (units.bmu.length !== matrix.rows) {
    throw new TypeError(
      `Cannot ${action}: units are of ${units.bmu.length} rows, must be the matrix's ${matrix.rows}`,
    );
  }
  return units;
}
