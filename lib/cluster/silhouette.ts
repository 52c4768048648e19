import { assertMatrix, toSizes } from "./_check.ts";
import { addDistances, type SortedRows } from "./_pairwise_kernel.ts";
import type { Labels, Matrix } from "./types.ts";

/** How well each row sits in its cluster: 1 well inside, 0 between two, below 0 in the wrong one. */
export interface Silhouette {
  /** Mean over all rows, -1..1. */
  readonly mean: number;
  /** `[k]`: mean over each cluster's rows. */
  readonly byCluster: readonly number[];
  /** `[rows]` */
  readonly values: Float64Array;
}

/** What a long silhouette takes. */
export interface SilhouetteOptions {
  onProgress?: (progress: { done: number; total: number }) => void;
  signal?: AbortSignal;
}

const BREATH_MS = 40;

/**
 * The silhouette of a clustering, exact: over all pairs of rows, with euclidean
 * distances. A row alone in its cluster has 0.
 *
 * O(rows² · cols): about 0.3 s for 8,000 × 12 and 45 s for 95,000 × 12 on one
 * core. Memory: 8 bytes per row and cluster.
 *
 * @param matrix `[rows × cols]`, finite
 * @param labels `[rows]`, 0..k - 1, k ≥ 2, no cluster empty
 * @throws {TypeError} when there is not one whole label per row
 * @throws {RangeError} when there is one cluster only, or an empty one
 *
 * Source: P. J. Rousseeuw (1987), doi:10.1016/0377-0427(87)90125-7.
 *
 * @example
 * ```ts
 * import { silhouette } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const matrix = { data: Float64Array.of(0, 1, 10, 11), rows: 4, cols: 1 };
 * const { mean } = await silhouette(matrix, [0, 0, 1, 1]);
 * assert.ok(Math.abs(mean - (2 * (1 - 1 / 10.5) + 2 * (1 - 1 / 9.5)) / 4) < 1e-12);
 * ```
 */
export async function silhouette(
  matrix: Matrix,
  labels: Labels,
  { onProgress, signal }: SilhouetteOptions = {},
): Promise<Silhouette> {
  const action = "measure silhouette";
  assertMatrix(matrix, action);
  const sizes = toSizes(labels, matrix.rows, action);
  const k = sizes.length;
  const { sorted, rowAt } = sortByCluster(matrix, labels, sizes);
  const { rows } = matrix;
  const sums = new Float64Array(rows * k);
  const total = rows * (rows - 1) / 2;
  let last = performance.now();
  signal?.throwIfAborted();
  for (let from = 0; from < rows; from++) {
    addDistances(sorted, sums, { from, to: from + 1 });
    if (performance.now() - last < BREATH_MS) continue;
    onProgress?.({ done: total - (rows - from - 1) * (rows - from - 2) / 2, total });
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    last = performance.now();
  }
  onProgress?.({ done: total, total });

  const values = new Float64Array(rows);
  const byCluster = new Array<number>(k).fill(0);
  let mean = 0;
  for (let at = 0; at < rows; at++) {
    const row = rowAt[at]!;
    const own = labels[row]!;
    const value = toValue(sums.subarray(at * k, (at + 1) * k), sizes, own);
    values[row] = value;
    byCluster[own]! += value / sizes[own]!;
    mean += value / rows;
  }
  return { mean, byCluster, values };
}

function toValue(sums: Float64Array, sizes: Int32Array, own: number): number {
  if (sizes[own] === 1) return 0;
  const within = sums[own]! / (sizes[own]! - 1);
  let nearest = Infinity;
  for (let other = 0; other < sizes.length; other++) {
    if (other !== own) nearest = Math.min(nearest, sums[other]! / sizes[other]!);
  }
  const greater = Math.max(within, nearest);
  return greater === 0 ? 0 : (nearest - within) / greater;
}

function sortByCluster(
  { data, rows, cols }: Matrix,
  labels: Labels,
  sizes: Int32Array,
): { sorted: SortedRows; rowAt: Int32Array } {
  const starts = new Int32Array(sizes.length + 1);
  sizes.forEach((size, cluster) => starts[cluster + 1] = starts[cluster]! + size);
  const next = starts.slice();
  const stride = Math.ceil(cols / 4) * 4;
  const sortedData = new Float64Array(rows * stride);
  const rowAt = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const at = next[labels[row]!]!++;
    rowAt[at] = row;
    sortedData.set(data.subarray(row * cols, (row + 1) * cols), at * stride);
  }
  return { sorted: { data: sortedData, rows, stride, starts }, rowAt };
}
