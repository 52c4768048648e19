import { type LongRun, Pace } from "feira/threads";
import { type RandomGenerator, xoroshiro128plus } from "pure-rand";
import { adjustedRand } from "./adjusted_rand.ts";
import { bestJaccards } from "./best_jaccards.ts";
import { assertMatrix, assertWhole } from "./_check.ts";
import { drawInt, drawSome } from "./_random.ts";
import { kMeans, type KMeansResult } from "./k_means.ts";
import { nearestCentroid } from "./nearest_centroid.ts";
import type { Matrix } from "./types.ts";

/** A clustering by centroids. */
export type CentroidClusters = Pick<KMeansResult, "k" | "centroids" | "labels">;

/** Settings of {@linkcode stabilityOfFit}. */
export interface StabilityOfFitSpec extends LongRun {
  /** How often rows are drawn and clustered again. @default 20 */
  resamples?: number;
  /**
   * `bootstrap` draws as many rows as there are, with putting back (Hennig);
   * `half` draws half of them, without.
   *
   * @default "bootstrap"
   */
  scheme?: "bootstrap" | "half";
  /** Under `half`, draws no more rows than this. @default half of them */
  sampleSize?: number;
  /**
   * Whether each resample is also fitted from the fit's centroids. Then another
   * clustering is found only where it groups the drawn rows better, never because
   * a search stopped early. @default false
   */
  startFromFit?: boolean;
  /** Of k-means, in every fit. @default 10 */
  restarts?: number;
  /** @default 42 */
  seed?: number;
  /** Of one restart. @default 300 */
  maxIterations?: number;
}

/** How far a clustering comes back when other rows are drawn. */
export interface StabilityOfFit {
  /**
   * `[k]`: mean over the resamples of each cluster's greatest Jaccard similarity
   * to one of the resample's clusters, 0..1. Hennig's reading: below 0.5
   * dissolved, from 0.6 a pattern, from 0.75 valid and stable, from 0.85 highly
   * stable.
   */
  readonly jaccard: readonly number[];
  /** `[resamples][k]`: what these are the means of. */
  readonly jaccards: readonly (readonly number[])[];
  /** `[resamples]`: adjusted Rand index of the fit to the resample's clustering of all rows. */
  readonly adjustedRand: readonly number[];
  readonly meanAdjustedRand: number;
  readonly leastAdjustedRand: number;
}

const ACTION = "measure stability";

/**
 * How stable a clustering by centroids is: draws rows again and again, clusters
 * them by k-means, and compares with the clustering of all rows.
 *
 * Cluster by cluster: its rows among the drawn ones, each once, against the
 * resample's clusters of these rows, by the greatest Jaccard similarity. As a
 * whole: every row gets the nearest of the resample's centroids, and the two
 * clusterings of all rows are compared by the adjusted Rand index.
 *
 * Every resample is fitted with its own seed. Time of as many fits as
 * resamples. Deterministic for a seed. Progress counts fits. A resample with
 * fewer different rows than k cannot be fitted.
 *
 * @param matrix `[rows × cols]`, finite; at least 2 rows per cluster
 * @throws {TypeError} when the matrix has not rows × cols values
 * @throws {RangeError} when a value is not finite, or a setting is out of range
 *
 * Source: C. Hennig (2007), doi:10.1016/j.csda.2006.11.025.
 *
 * @example
 * ```ts
 * import { kMeans, stabilityOfFit } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const data = Float64Array.from({ length: 60 }, (_, i) => i % 3 * 100 + i % 5);
 * const matrix = { data, rows: 60, cols: 1 };
 * const { jaccard } = await stabilityOfFit(matrix, await kMeans(matrix, { k: 3 }));
 * assert.deepEqual(jaccard, [1, 1, 1]);
 * ```
 */
export async function stabilityOfFit(
  matrix: Matrix,
  { k, centroids, labels }: CentroidClusters,
  spec: StabilityOfFitSpec = {},
): Promise<StabilityOfFit> {
  const { resamples = 20, scheme = "bootstrap", seed = 42, sampleSize, ...rest } = spec;
  const { startFromFit = false, onProgress, ...settings } = rest;
  assertMatrix(matrix, ACTION);
  assertWhole({ resamples }, { action: ACTION });
  if (scheme !== "bootstrap" && scheme !== "half") {
    throw new RangeError(`Cannot ${ACTION}: scheme is "${scheme}", must be bootstrap or half`);
  }
  if (2 * k > matrix.rows) {
    throw new RangeError(
      `Cannot ${ACTION}: k is ${k}, must be at most half of ${matrix.rows} rows`,
    );
  }
  if (sampleSize !== undefined) assertWhole({ sampleSize }, { action: ACTION, least: k });
  const quiet = rest.signal === undefined ? {} : { signal: rest.signal };
  const pace = new Pace(resamples, { ...quiet, ...(onProgress ? { onProgress } : {}) });
  const random = xoroshiro128plus(seed);
  const jaccards: number[][] = [];
  const rands: number[] = [];
  for (let i = 1; i <= resamples; i++) {
    // A fit on few rows ends before it would breathe itself.
    if (pace.isDue) await pace.breathe(i - 1);
    const rows = drawRows(matrix.rows, { scheme, sampleSize, random });
    const again = await kMeans(rowsOf(matrix, rows), {
      ...settings,
      k,
      seed: seed + i,
      ...(startFromFit ? { start: centroids } : {}),
    });
    const found = await nearestCentroid(again, matrix, quiet);
    jaccards.push(bestJaccards(labels, found.labels, rows));
    rands.push(adjustedRand(labels, found.labels));
  }
  pace.finish();
  return {
    jaccard: Array.from({ length: k }, (_, c) => meanOf(jaccards.map((values) => values[c]!))),
    jaccards,
    adjustedRand: rands,
    meanAdjustedRand: meanOf(rands),
    leastAdjustedRand: Math.min(...rands),
  };
}

/** Row numbers, with repeats under `bootstrap`. */
function drawRows(
  rows: number,
  { scheme, sampleSize = Infinity, random }: {
    readonly scheme: "bootstrap" | "half";
    readonly sampleSize: number | undefined;
    readonly random: RandomGenerator;
  },
): Int32Array {
  if (scheme === "half") return drawSome(rows, Math.min(sampleSize, Math.floor(rows / 2)), random);
  return Int32Array.from({ length: rows }, () => drawInt(random, 0, rows - 1));
}

function rowsOf({ data, cols }: Matrix, rows: Int32Array): Matrix {
  const drawn = new Float64Array(rows.length * cols);
  rows.forEach((row, at) => drawn.set(data.subarray(row * cols, (row + 1) * cols), at * cols));
  return { data: drawn, rows: rows.length, cols };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
