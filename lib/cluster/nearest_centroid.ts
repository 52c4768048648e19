import { type LongRun, Pace } from "feira/threads";
import { assignRows } from "./_assign.ts";
import { assertMatrix } from "./_check.ts";
import type { Matrix } from "./types.ts";

/** Where rows belong among given centroids. */
export interface NearestCentroid {
  /** `[rows]`: the nearest centroid, 0..k - 1; the lowest number among equally near ones. */
  readonly labels: Int32Array;
  /** `[rows]`: euclidean distance to it, in the matrix's units. */
  readonly distances: Float64Array;
}

/**
 * The clusters of rows that k-means has not seen: each gets the nearest centroid.
 * For the rows that it was fitted on, these are the fit's own labels.
 * O(rows · k · cols); 12 bytes per row.
 *
 * @param fit centroids `[k × cols]`, row-major, as of {@linkcode kMeans}
 * @param matrix `[rows × cols]`, finite, in the centroids' scale
 * @throws {TypeError} when the centroids are not k rows of the matrix's columns
 * @throws {RangeError} when a value is not finite, by row and column
 *
 * @example
 * ```ts
 * import { nearestCentroid } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const matrix = { data: Float64Array.of(0.5, 7), rows: 2, cols: 1 };
 * const { labels, distances } = await nearestCentroid(
 *   { k: 2, centroids: Float64Array.of(0, 10) },
 *   matrix,
 * );
 * assert.deepEqual([...labels], [0, 1]);
 * assert.deepEqual([...distances], [0.5, 3]);
 * ```
 */
export async function nearestCentroid(
  { k, centroids }: { readonly k: number; readonly centroids: Float64Array },
  matrix: Matrix,
  run: LongRun = {},
): Promise<NearestCentroid> {
  const action = "find nearest centroids";
  assertMatrix(matrix, action);
  assertMatrix({ data: centroids, rows: k, cols: matrix.cols }, `${action} in centroids`);
  const pace = new Pace(matrix.rows, run);
  const { labels, squared } = await assignRows(matrix, centroids, pace, (row) => row);
  pace.finish();
  return { labels, distances: squared.map(Math.sqrt) };
}
