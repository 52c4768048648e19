import type { Progress } from "feira/threads";
import { kMeans, type KMeansResult, type KMeansSpec } from "./k_means.ts";
import {
  type StabilityOfFit,
  stabilityOfFit,
  type StabilityOfFitSpec,
} from "./stability_of_fit.ts";
import type { Matrix } from "./types.ts";

/** Settings of {@linkcode clusteringStability}; those of k-means are used for every fit. */
export interface ClusteringStabilitySpec
  extends Omit<KMeansSpec, "start">, Omit<StabilityOfFitSpec, keyof KMeansSpec> {}

/** A clustering, and how far it comes back when other rows are drawn. */
export interface ClusteringStability extends StabilityOfFit {
  /** The clustering of all rows, whose clusters are looked for again. */
  readonly fit: KMeansResult;
}

/**
 * Clusters all rows by k-means and measures how stable that is; see
 * {@linkcode stabilityOfFit}. Time of resamples + 1 fits. Progress counts fits.
 *
 * @param matrix `[rows × cols]`, finite; at least 2 rows per cluster
 * @throws {TypeError} when the matrix has not rows × cols values
 * @throws {RangeError} when a value is not finite, or a setting is out of range
 *
 * @example
 * ```ts
 * import { clusteringStability } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const data = Float64Array.from({ length: 60 }, (_, i) => i % 3 * 100 + i % 5);
 * const { jaccard, leastAdjustedRand } = await clusteringStability(
 *   { data, rows: 60, cols: 1 },
 *   { k: 3 },
 * );
 * assert.deepEqual(jaccard, [1, 1, 1]);
 * assert.equal(leastAdjustedRand, 1);
 * ```
 */
export async function clusteringStability(
  matrix: Matrix,
  spec: ClusteringStabilitySpec,
): Promise<ClusteringStability> {
  const { onProgress, ...quiet } = spec;
  const fit = await kMeans(matrix, quiet);
  const progress = onProgress &&
    { onProgress: ({ done, total }: Progress) => onProgress({ done: done + 1, total: total + 1 }) };
  return { fit, ...await stabilityOfFit(matrix, fit, { ...quiet, ...progress }) };
}
