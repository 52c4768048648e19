import { drawUMatrix, type MapOptions } from "./_u_matrix.ts";
import type { Figure } from "./figure.ts";

/**
 * Each neuron's distance to its neighbours, dark where they are far apart:
 * light valleys are groups, dark ridges the borders between them.
 *
 * @param uMatrix [width × height], neuron (x, y) at x * height + y, any unit, from 0
 * @throws {RangeError} when the size or the number of values does not fit or one is not finite
 *
 * ```ts
 * import { uMatrixFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const options = { width: 3, height: 2, title: "One ridge" };
 * const figure = uMatrixFigure(Float64Array.of(0, 0.1, 1, 0.9, 0.2, 0.1), options);
 * assert.match(figure.svg, /<image [^>]*href="data:image\/png;base64,/);
 * ```
 */
export function uMatrixFigure(uMatrix: ArrayLike<number>, options: MapOptions): Figure {
  return drawUMatrix("draw a u-matrix", uMatrix, options);
}
