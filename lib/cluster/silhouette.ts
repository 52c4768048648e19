import type { ThreadedRun } from "feira/threads";
import { assertMatrix, toSizes } from "./_check.ts";
import { sumDistances } from "./_distance_sums.ts";
import { toSilhouetteValue } from "./_silhouette_value.ts";
import { sortRows } from "./_sorted_rows.ts";
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
export type SilhouetteOptions = ThreadedRun;

/**
 * The silhouette of a clustering, exact: over all pairs of rows, with euclidean
 * distances in float64. A row alone in its cluster has 0, and so has one whose
 * distances are all 0.
 *
 * Each distance is right to 1e-11 of itself, wherever the data lies and whatever
 * its scale. The same bits for any number of threads.
 *
 * O(rows² · cols), by a WebAssembly kernel on worker threads: about 12 s of
 * processor time for 95,000 × 12, shared by the threads;
 * {@linkcode estimateSilhouette} is for more. Memory:
 * 16 bytes per value of the matrix and 8 per row and cluster, these in batches
 * of 128 MiB at most.
 *
 * @param matrix `[rows × cols]`, finite
 * @param labels `[rows]`, 0..k - 1, 2 ≤ k < rows, no cluster empty
 * @throws {TypeError} when there is not one whole label per row
 * @throws {RangeError} when a value is not finite, there is one cluster only, an
 * empty one, or as many as rows
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
  options: SilhouetteOptions = {},
): Promise<Silhouette> {
  const action = "measure silhouette";
  assertMatrix(matrix, action);
  const sizes = toSizes(labels, matrix.rows, action);
  const sorted = sortRows(matrix, labels, sizes);
  const values = new Float64Array(matrix.rows);
  await sumDistances(sorted, {
    ...options,
    onRow: (place, sums) => {
      const row = sorted.order[place]!;
      values[row] = toSilhouetteValue(sums, sizes, labels[row]!);
    },
  });
  const byCluster = new Array<number>(sizes.length).fill(0);
  let mean = 0;
  // In the matrix's order: the same bits however rows were sorted and summed.
  values.forEach((value, row) => {
    byCluster[labels[row]!]! += value / sizes[labels[row]!]!;
    mean += value / matrix.rows;
  });
  return { mean, byCluster, values };
}
