import { type MapErrorOptions, toUnits } from "./search/to_units.ts";
import { unitOf } from "./_unit.ts";
import type { Matrix, SomMap } from "./types.ts";

/**
 * The share of the data's variance that the map's weights explain:
 * 1 - Σ|x - w_c|² / Σ|x - x̄|² with c the best unit of x and x̄ the mean row. At
 * most 1, more is better; below 0 when the one mean would be nearer to the rows
 * than their best units are.
 *
 * Time, memory and other errors are those of `bestMatchingUnits`, next to none
 * where `units` are given.
 *
 * @throws {RangeError} when all rows are alike: there is no variance to explain
 *
 * Source: the coefficient of determination of vector quantization, as in
 * J. Boelaert et al., aweSOM (R), `somQuality`.
 *
 * @example
 * ```ts
 * import { explainedVariance } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 5), width: 2, height: 1, features: 1 };
 * const matrix = { data: Float64Array.of(0, 4), rows: 2, cols: 1 };
 * assert.equal(await explainedVariance(map, matrix), 1 - 1 / 8);
 * ```
 */
export async function explainedVariance(
  map: SomMap,
  matrix: Matrix,
  options: MapErrorOptions = {},
): Promise<number> {
  const action = "measure explained variance";
  const { distance } = await toUnits(map, matrix, options, action);
  const { data, rows, cols } = matrix;
  const mean = new Float64Array(cols);
  for (let at = 0; at < data.length; at++) mean[at % cols]! += data[at]! / rows;
  const unit = unitOf(data);
  const total = data.reduce(
    (sum, value, at) => sum + ((value - mean[at % cols]!) / unit) ** 2,
    0,
  );
  if (total === 0) throw new RangeError(`Cannot ${action}: all rows are alike, must differ`);
  return 1 - distance.reduce((sum, value) => sum + (value / unit) ** 2, 0) / total;
}
