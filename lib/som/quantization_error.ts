import { type MapErrorOptions, toUnits } from "./search/to_units.ts";
import type { Matrix, SomMap } from "./types.ts";

/**
 * The mean euclidean distance from a sample to its best unit, in the matrix's
 * units; at least 0, less is better. Whatever distance a map was trained with,
 * as in MiniSom.
 *
 * Time, memory and errors are those of `bestMatchingUnits`, next to none where
 * `units` are given.
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
  options: MapErrorOptions = {},
): Promise<number> {
  const { distance } = await toUnits(map, matrix, options, "measure quantization error");
  return distance.reduce((sum, value) => sum + value, 0) / matrix.rows;
}
