import { toCentroids } from "./_centroids.ts";
import { assertMatrix, toSizes } from "./_check.ts";
import type { Labels, Matrix } from "./types.ts";

/** Distances up to this count as none, as in scikit-learn; in the matrix's units. */
const NOTHING = 1e-8;

/**
 * The Davies-Bouldin index: per cluster, how much it and the cluster it is most
 * mixed up with scatter, compared with the distance between their centroids;
 * then the mean. At least 0, less is better. O(rows · cols + k² · cols).
 *
 * Where it is not defined it is what scikit-learn gives: 0 when no cluster
 * scatters or all centroids are the same, by at most 1e-8; and two clusters of
 * just the same centroid are not compared. So 0 need not be good.
 *
 * @param matrix `[rows × cols]`, finite
 * @param labels `[rows]`, 0..k - 1, 2 ≤ k < rows, no cluster empty
 * @throws {TypeError} when there is not one whole label per row
 * @throws {RangeError} when a value is not finite, there is one cluster only, an
 * empty one, or as many as rows
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
  const k = sizes.length;
  const { means, scale, squaredOf } = toCentroids(matrix, labels, sizes);
  const scatter = new Float64Array(k);
  for (let row = 0; row < matrix.rows; row++) {
    scatter[labels[row]!]! += Math.sqrt(squaredOf(row)) / sizes[labels[row]!]!;
  }
  return compare({ means, scatter, cols: matrix.cols }, NOTHING * scale);
}

/** Clusters as the Davies-Bouldin index sees them. */
export interface Scatter {
  /** `[k × cols]`, row-major: the clusters' means, finite. */
  readonly means: Float64Array;
  /** `[k]`: mean euclidean distance of a cluster's rows to its mean, at least 0. */
  readonly scatter: Float64Array;
  readonly cols: number;
}

/**
 * {@linkcode daviesBouldin} of clusters whose means and scatter were taken
 * elsewhere, such as in a warehouse. O(k² · cols).
 *
 * @throws {TypeError} when there is not one mean for each scatter
 * @throws {RangeError} when there are fewer than two clusters
 *
 * @example
 * ```ts
 * import { daviesBouldinOf } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const index = daviesBouldinOf({
 *   means: Float64Array.of(1, 11),
 *   scatter: Float64Array.of(1, 1),
 *   cols: 1,
 * });
 * assert.equal(index, 0.2);
 * ```
 */
export function daviesBouldinOf(clusters: Scatter): number {
  const { means, scatter, cols } = clusters;
  const action = "measure Davies-Bouldin index";
  if (scatter.length < 2) {
    throw new RangeError(`Cannot ${action}: found ${scatter.length} clusters, must be at least 2`);
  }
  if (means.length !== scatter.length * cols) {
    throw new TypeError(
      `Cannot ${action}: means are of ${means.length} values, must be ${scatter.length} × ${cols}`,
    );
  }
  return compare(clusters, NOTHING);
}

/** @param nothing what counts as no distance, in the means' units */
function compare({ means, scatter, cols }: Scatter, nothing: number): number {
  const k = scatter.length;
  let sum = 0;
  let farthest = 0;
  for (let a = 0; a < k; a++) {
    let worst = 0;
    for (let b = 0; b < k; b++) {
      const apart = distance(means, { a, b, cols });
      farthest = Math.max(farthest, apart);
      if (apart > 0) worst = Math.max(worst, (scatter[a]! + scatter[b]!) / apart);
    }
    sum += worst;
  }
  const isUndefined = farthest <= nothing || Math.max(...scatter) <= nothing;
  return isUndefined ? 0 : sum / k;
}

function distance(
  means: Float64Array,
  { a, b, cols }: { a: number; b: number; cols: number },
): number {
  let squared = 0;
  for (let d = 0; d < cols; d++) squared += (means[a * cols + d]! - means[b * cols + d]!) ** 2;
  return Math.sqrt(squared);
}
