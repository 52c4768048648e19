import { assertMatrix, toSizes } from "./_check.ts";
import type { Labels, Matrix } from "./types.ts";

/**
 * The Davies-Bouldin index: per cluster, how much it and the cluster it is most
 * mixed up with scatter, compared with the distance between their centroids;
 * then the mean. At least 0, less is better. Infinite when two clusters share a
 * centroid. O(rows · cols).
 *
 * @param matrix `[rows × cols]`, finite
 * @param labels `[rows]`, 0..k - 1, k ≥ 2, no cluster empty
 * @throws {TypeError} when there is not one whole label per row
 * @throws {RangeError} when there is one cluster only, or an empty one
 *
 * Source: D. L. Davies and D. W. Bouldin (1979), doi:10.1109/TPAMI.1979.4766909.
 *
 * @example
 * ```ts
 * import { daviesBouldin } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const matrix = { data: Float64Array.of(0, 2, 10, 12), rows: 4, cols: 1 };
 * assert.equal(daviesBouldin(matrix, [0, 0, 1, 1]), 0.2);
 * ```
 */
export function daviesBouldin(matrix: Matrix, labels: Labels): number {
  const action = "measure Davies-Bouldin index";
  assertMatrix(matrix, action);
  const sizes = toSizes(labels, matrix.rows, action);
  const { data, rows, cols } = matrix;
  const k = sizes.length;
  const centroids = new Float64Array(k * cols);
  for (let i = 0; i < rows; i++) {
    const c = labels[i]!;
    for (let d = 0; d < cols; d++) centroids[c * cols + d]! += data[i * cols + d]! / sizes[c]!;
  }
  const scatter = new Float64Array(k);
  for (let i = 0; i < rows; i++) {
    const c = labels[i]!;
    scatter[c]! += distance(data, i, centroids, c, cols) / sizes[c]!;
  }
  let sum = 0;
  for (let a = 0; a < k; a++) {
    let worst = 0;
    for (let b = 0; b < k; b++) {
      if (a === b) continue;
      const apart = distance(centroids, a, centroids, b, cols);
      const mixed = scatter[a]! + scatter[b]!;
      worst = Math.max(worst, apart === 0 ? Infinity : mixed / apart);
    }
    sum += worst;
  }
  return sum / k;
}

function distance(a: Float64Array, i: number, b: Float64Array, j: number, cols: number): number {
  let squared = 0;
  for (let d = 0; d < cols; d++) squared += (a[i * cols + d]! - b[j * cols + d]!) ** 2;
  return Math.sqrt(squared);
}
