import type { ThreadedRun } from "feira/threads";
import { xoroshiro128plus } from "pure-rand";
import { assertMatrix, assertWhole, toSizes } from "./_check.ts";
import { sumDistances } from "./_distance_sums.ts";
import { normalQuantile } from "./_normal_quantile.ts";
import { drawSome } from "./_random.ts";
import { toSilhouetteValue } from "./_silhouette_value.ts";
import { assertPrecision } from "./_single_precision.ts";
import { type SortedRows, sortRows } from "./_sorted_rows.ts";
import type { Labels, Matrix, Precision } from "./types.ts";

/** Settings of {@linkcode estimateSilhouette}. */
export interface EstimateSilhouetteSpec extends ThreadedRun {
  /** Up to so many rows all are taken, and the estimate is exact. @default 100,000 */
  limit?: number;
  /** Rows to draw where there are more; at least 50 of each cluster besides. @default 10,000 */
  sampleSize?: number;
  /** How often intervals hold the exact value, above 0 and below 1. @default 0.95 */
  confidence?: number;
  /** @default 42 */
  seed?: number;
  /** Of the distances, as {@linkcode silhouette} says; sums are float64 in any case. @default "float64" */
  precision?: Precision;
}

/** An estimated mean silhouette and the interval that holds the exact one. */
export interface SilhouetteEstimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** 0 when all rows were taken. */
  readonly standardError: number;
  /** Rows whose silhouette was computed. */
  readonly sampled: number;
}

/** An estimate over all rows and one for each cluster. */
export interface EstimatedSilhouette extends SilhouetteEstimate {
  readonly confidence: number;
  /** True when every row was taken: the intervals have no width. */
  readonly isExact: boolean;
  /** `[k]`: each cluster's mean. */
  readonly byCluster: readonly SilhouetteEstimate[];
}

/** Fewer rows leave a cluster's variance too uncertain for a normal interval. */
const LEAST_OF_CLUSTER = 50;

/**
 * The silhouette of more rows than can meet each other in pairs, with a
 * confidence interval.
 *
 * Draws rows of each cluster at random without putting back, in proportion to
 * its size, and takes each drawn row's distances to ALL rows. So every drawn
 * value is the row's exact silhouette, the weighted mean of the clusters' means
 * is unbiased, and its variance is that of stratified sampling:
 * Σ (Nₕ/N)² (1 - nₕ/Nₕ) sₕ²/nₕ. Distances among the drawn rows alone, as in
 * scikit-learn's `sample_size`, would cost less, but each value would then be a
 * nonlinear function of the whole sample: biased where clusters are small, with
 * no such variance. The interval is normal, cut at -1 and 1.
 *
 * O(sampled · rows · cols) on worker threads: about 3 s of processor time for
 * 10,000 of 95,000 × 12 in float64, half of it in float32. Memory: as {@linkcode silhouette}, but sums of the sample only.
 *
 * @param matrix `[rows × cols]`, finite
 * @param labels `[rows]`, 0..k - 1, 2 ≤ k < rows, no cluster empty
 * @throws {TypeError} when there is not one whole label per row
 * @throws {RangeError} when a value is not finite, there is one cluster only, an
 * empty one, or as many as rows; when a setting is out of range, or a column too
 * narrow for float32
 *
 * Source: W. G. Cochran, Sampling Techniques (1977), equation 5.6 and 5.7.
 *
 * @example
 * ```ts
 * import { estimateSilhouette } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const data = Float64Array.from({ length: 600 }, (_, i) => i % 2 * 100 + i % 7);
 * const labels = Array.from(data, (value) => value < 50 ? 0 : 1);
 * const matrix = { data, rows: 600, cols: 1 };
 * const { mean, low, high } = await estimateSilhouette(matrix, labels, {
 *   limit: 500,
 *   sampleSize: 200,
 * });
 * assert.ok(low < mean && mean < high && high - low < 0.01);
 * ```
 */
export async function estimateSilhouette(
  matrix: Matrix,
  labels: Labels,
  spec: EstimateSilhouetteSpec = {},
): Promise<EstimatedSilhouette> {
  const action = "estimate silhouette";
  const { limit = 100_000, sampleSize = 10_000, confidence = 0.95, ...rest } = spec;
  const { seed = 42, precision = "float64", ...run } = rest;
  assertMatrix(matrix, action);
  const sizes = toSizes(labels, matrix.rows, action);
  assertWhole({ limit }, { action, least: 0 });
  assertWhole({ sampleSize }, { action });
  assertWhole({ seed }, { action, least: Number.MIN_SAFE_INTEGER });
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(
      `Cannot ${action}: confidence is ${confidence}, must be above 0 and below 1`,
    );
  }
  const { rows } = matrix;
  const sorted = sortRows(matrix, labels, sizes);
  assertPrecision(precision, sorted, action);
  const share = rows <= limit ? 1 : Math.min(1, sampleSize / rows);
  const places = share === 1 ? undefined : drawPlaces(sorted, share, seed);
  const values = Array.from(sizes, (): number[] => []);
  await sumDistances(sorted, {
    ...run,
    precision,
    ...(places === undefined ? {} : { asking: places }),
    onRow: (place, sums) => {
      const own = labels[sorted.order[place]!]!;
      values[own]!.push(toSilhouetteValue(sums, sizes, own));
    },
  });
  const quantile = normalQuantile((1 + confidence) / 2);
  const strata = values.map((of, c) => stratumOf(of, sizes[c]!));
  let mean = 0;
  let variance = 0;
  strata.forEach((stratum, c) => {
    mean += stratum.mean * sizes[c]! / rows;
    variance += stratum.variance * (sizes[c]! / rows) ** 2;
  });
  const sampled = strata.reduce((sum, stratum) => sum + stratum.sampled, 0);
  return {
    ...toEstimate({ mean, variance, sampled }, quantile),
    confidence,
    isExact: sampled === rows,
    byCluster: strata.map((stratum) => toEstimate(stratum, quantile)),
  };
}

/** A mean, the variance of its error, and how many values it is of. */
interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly sampled: number;
}

/** Places of the drawn rows, cluster by cluster. */
function drawPlaces({ starts }: SortedRows, share: number, seed: number): Int32Array {
  const random = xoroshiro128plus(seed);
  const places: number[] = [];
  for (let c = 0; c < starts.length - 1; c++) {
    const size = starts[c + 1]! - starts[c]!;
    const count = Math.min(size, Math.max(LEAST_OF_CLUSTER, Math.round(size * share)));
    for (const drawn of drawSome(size, count, random).sort()) places.push(starts[c]! + drawn);
  }
  return Int32Array.from(places);
}

function stratumOf(values: readonly number[], size: number): Moments {
  const sampled = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / sampled;
  if (sampled === size) return { mean, variance: 0, sampled };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: (1 - sampled / size) * squares / (sampled - 1) / sampled, sampled };
}

function toEstimate({ mean, variance, sampled }: Moments, quantile: number): SilhouetteEstimate {
  const standardError = Math.sqrt(variance);
  const half = quantile * standardError;
  const low = Math.max(-1, mean - half);
  const high = Math.min(1, mean + half);
  return { mean, low, high, standardError, sampled };
}
