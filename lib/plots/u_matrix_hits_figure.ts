import { drawUMatrix, type MapOptions } from "./_u_matrix.ts";
import type { Figure } from "./figure.ts";

/**
 * The u-matrix with the customers on it: one dot per neuron that has any, its
 * area in proportion to how many.
 *
 * @param maps `uMatrix` as in `uMatrixFigure`; `hits` [width × height], customers per neuron
 * @throws {RangeError} when the size or the number of values does not fit, one is not finite
 *   or a count is negative
 *
 * ```ts
 * import { uMatrixHitsFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const maps = { uMatrix: Float64Array.of(0, 0.1, 1, 0.9), hits: Int32Array.of(5, 0, 1, 9) };
 * const figure = uMatrixHitsFigure(maps, { width: 2, height: 2, title: "Most sit together" });
 * assert.match(figure.alt, /15 customers on 3 of 4 neurons/);
 * ```
 */
export function uMatrixHitsFigure(
  { uMatrix, hits }: { readonly uMatrix: ArrayLike<number>; readonly hits: ArrayLike<number> },
  options: MapOptions,
): Figure {
  return drawUMatrix("draw a u-matrix with customers", uMatrix, options, hits);
}
