import { Pace } from "feira/threads";
import { type RandomGenerator, xoroshiro128plus } from "pure-rand";
import { adjustedRand } from "./adjusted_rand.ts";
import { assertMatrix, assertWhole } from "./_check.ts";
import { drawInt, drawSome } from "./_random.ts";
import { kMeans, type KMeansResult, type KMeansSpec } from "./k_means.ts";
import { nearestCentroid } from "./nearest_centroid.ts";
import type { Matrix } from "./types.ts";

/** Settings of {@linkcode clusteringStability}; those of k-means are used for every fit. */
export interface ClusteringStabilitySpec extends KMeansSpec {
  /** How often rows are drawn and clustered again. @default 20 */
  resamples?: number;
  /**
   * `bootstrap` draws as many rows as there are, with putting back (Hennig);
   * `half` draws half of them, without.
   *
   * @default "bootstrap"
   */
  scheme?: "bootstrap" | "half";
}

/** How far a clustering comes back when other rows are drawn. */
export interface ClusteringStability {
  /** The clustering of all rows, whose clusters are looked for again. */
  readonly fit: KMeansResult;
  /**
   * `[k]`: mean over the resamples of each cluster's greatest Jaccard similarity
   * to one of the resample's clusters, 0..1. Hennig's reading: below 0.5
   * dissolved, from 0.6 a pattern, from 0.75 valid and stable, from 0.85 highly
   * stable.
   */
  readonly jaccard: readonly number[];
  /** `[resamples]`: adjusted Rand index of the fit to the resample's clustering of all rows. */
  readonly adjustedRand: readonly number[];
  readonly meanAdjustedRand: number;
  readonly leastAdjustedRand: number;
}

const ACTION = "measure stability";

/**
 * How stable a k-means clustering is: clusters resampled rows again and again,
 * and compares with the clustering of all rows.
 *
 * Cluster by cluster: its rows among the drawn ones, each once, against the
 * resample's clusters of these rows, by the greatest Jaccard similarity. As a
 * whole: every row gets the nearest of the resample's centroids, and the two
 * clusterings of all rows are compared by the adjusted Rand index.
 *
 * Every resample is fitted with its own seed, so instability of the starts
 * counts too. Time of resamples + 1 fits. Deterministic for a seed. Progress
 * counts fits. A resample with fewer different rows than k cannot be fitted.
 *
 * @param matrix `[rows × cols]`, finite; at least 2 rows per cluster
 * @throws {TypeError} when the matrix has not rows × cols values
 * @throws {RangeError} when a value is not finite, or a setting is out of range
 *
 * Source: C. Hennig (2007), doi:10.1016/j.csda.2006.11.025.
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
  const { resamples = 20, scheme = "bootstrap", seed = 42, onProgress, ...rest } = spec;
  assertMatrix(matrix, ACTION);
  assertWhole({ resamples }, { action: ACTION });
  if (scheme !== "bootstrap" && scheme !== "half") {
    throw new RangeError(`Cannot ${ACTION}: scheme is "${scheme}", must be bootstrap or half`);
  }
  if (2 * rest.k > matrix.rows) {
    throw new RangeError(
      `Cannot ${ACTION}: k is ${rest.k}, must be at most half of ${matrix.rows} rows`,
    );
  }
  const quiet = rest.signal === undefined ? {} : { signal: rest.signal };
  const pace = new Pace(resamples + 1, { ...quiet, ...(onProgress ? { onProgress } : {}) });
  const fit = await kMeans(matrix, { ...rest, seed });
  const random = xoroshiro128plus(seed);
  const jaccards = new Float64Array(rest.k);
  const rands: number[] = [];
  for (let i = 1; i <= resamples; i++) {
    // A fit on few rows ends before it would breathe itself.
    if (pace.isDue) await pace.breathe(i);
    const rows = drawRows(matrix.rows, scheme, random);
    const again = await kMeans(rowsOf(matrix, rows), { ...rest, seed: seed + i });
    const { labels } = await nearestCentroid(again, matrix, quiet);
    jaccardsOf(fit, labels, new Set(rows)).forEach((value, c) => jaccards[c]! += value);
    rands.push(adjustedRand(fit.labels, labels));
  }
  pace.finish();
  return {
    fit,
    jaccard: Array.from(jaccards, (sum) => sum / resamples),
    adjustedRand: rands,
    meanAdjustedRand: rands.reduce((sum, value) => sum + value, 0) / resamples,
    leastAdjustedRand: Math.min(...rands),
  };
}

/** Row numbers, with repeats under `bootstrap`. */
function drawRows(
  rows: number,
  scheme: "bootstrap" | "half",
  random: RandomGenerator,
): Int32Array {
  if (scheme === "half") return drawSome(rows, Math.floor(rows / 2), random);
  return Int32Array.from({ length: rows }, () => drawInt(random, 0, rows - 1));
}

function rowsOf({ data, cols }: Matrix, rows: Int32Array): Matrix {
  const drawn = new Float64Array(rows.length * cols);
  rows.forEach((row, at) => drawn.set(data.subarray(row * cols, (row + 1) * cols), at * cols));
  return { data: drawn, rows: rows.length, cols };
}

/** Each cluster's greatest Jaccard similarity to one of the others, over the drawn rows. */
function jaccardsOf(
  { k, labels }: KMeansResult,
  others: Int32Array,
  drawn: ReadonlySet<number>,
): number[] {
  const sizes = new Int32Array(k);
  const otherSizes = new Int32Array(k);
  const both = new Int32Array(k * k);
  for (const row of drawn) {
    sizes[labels[row]!]! += 1;
    otherSizes[others[row]!]! += 1;
    both[labels[row]! * k + others[row]!]! += 1;
  }
  return Array.from(sizes, (size, c) => {
    // A cluster of which no row was drawn is not found again.
    if (size === 0) return 0;
    return Array.from(otherSizes, (otherSize, other) => {
      const shared = both[c * k + other]!;
      return shared / (size + otherSize - shared);
    }).reduce((greatest, value) => Math.max(greatest, value));
  });
}
