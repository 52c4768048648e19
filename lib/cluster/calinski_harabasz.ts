import { toCentroids } from "./_centroids.ts";
import { assertMatrix, toSizes } from "./_check.ts";
import type { Labels, Matrix } from "./types.ts";

/**
 * The Calinski-Harabasz index, or variance ratio criterion: how much the
 * clusters' centroids spread, compared with how much the rows do within their
 * clusters, each by its degrees of freedom. At least 0, more is better.
 * O(rows · cols).
 *
 * 1 when every row lies on its cluster's centroid, as in scikit-learn, for the
 * index is not defined there.
 *
 * @param matrix `[rows × cols]`, finite
 * @param labels `[rows]`, 0..k - 1, 2 ≤ k < rows, no cluster empty
 * @throws {TypeError} when there is not one whole label per row
 * @throws {RangeError} when a value is not finite, there is one cluster only, an
 * empty one, or as many as rows
 *
 * Source: T. Caliński and J. Harabasz (1974), doi:10.1080/03610927408827101.
 *
 * @example
 * ```ts
 * import { calinskiHarabasz } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * // Between: 2 · 5² + 2 · 5² with 1 degree of freedom; within: 4 · 1² with 2.
 * const matrix = { data: Float64Array.of(0, 2, 10, 12), rows: 4, cols: 1 };
 * assert.equal(calinskiHarabasz(matrix, [0, 0, 1, 1]), 50);
 * ```
 */
export function calinskiHarabasz(matrix: Matrix, labels: Labels): number {
  const action = "measure Calinski-Harabasz index";
  assertMatrix(matrix, action);
  const { rows, cols } = matrix;
  const sizes = toSizes(labels, rows, action);
  const k = sizes.length;
  const { means, squaredOf } = toCentroids(matrix, labels, sizes);
  let within = 0;
  for (let row = 0; row < rows; row++) within += squaredOf(row);
  if (within === 0) return 1;
  let between = 0;
  for (let d = 0; d < cols; d++) {
    let centre = 0;
    for (let c = 0; c < k; c++) centre += means[c * cols + d]! * sizes[c]! / rows;
    for (let c = 0; c < k; c++) between += sizes[c]! * (means[c * cols + d]! - centre) ** 2;
  }
  return between * (rows - k) / (within * (k - 1));
}
