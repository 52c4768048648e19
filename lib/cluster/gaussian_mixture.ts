import { type LongRun, Pace } from "feira/threads";
import { CholeskyDecomposition, Matrix as DenseMatrix } from "ml-matrix";
import { assertMatrix, assertWhole } from "./_check.ts";
import { kMeans } from "./k_means.ts";
import type { Matrix } from "./types.ts";

/** Settings of {@linkcode gaussianMixture}. */
export interface GaussianMixtureSpec extends LongRun {
  /** Number of components, 1..rows. */
  k: number;
  /** Of the k-means that it starts from. @default 10 */
  restarts?: number;
  /** @default 42 */
  seed?: number;
  /** @default 200 */
  maxIterations?: number;
  /** It has converged when the mean log-likelihood rises by less. @default 1e-3 */
  tolerance?: number;
  /** Added to every variance, so that none becomes 0. @default 1e-6 */
  leastVariance?: number;
}

/** A mixture of normal distributions, and which of them each row most likely comes from. */
export interface GaussianMixture {
  readonly k: number;
  /** `[k]`: share of each component, all together 1. */
  readonly shares: Float64Array;
  /** `[k × cols]`, row-major. */
  readonly means: Float64Array;
  /** `[rows]`: the most likely component, 0..k - 1; a component may have none. */
  readonly labels: Int32Array;
  /** Mean over the rows. */
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
}

const ACTION = "fit Gaussian mixture";

/**
 * A mixture of normal distributions with full covariances, by expectation
 * maximisation from the clusters of k-means; scikit-learn's `GaussianMixture`
 * and its defaults, but for more iterations.
 *
 * O(iterations · rows · k · cols²). Deterministic for a seed.
 *
 * @param matrix `[rows × cols]`, finite
 * @throws {TypeError} when the matrix has not rows × cols values
 * @throws {RangeError} when a value is not finite, or a setting is out of range
 *
 * Source: A. P. Dempster, N. M. Laird, D. B. Rubin (1977), Maximum likelihood
 * from incomplete data via the EM algorithm.
 *
 * @example
 * ```ts
 * import { gaussianMixture } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const matrix = { data: Float64Array.of(0, 1, 2, 50, 51, 52), rows: 6, cols: 1 };
 * const { labels } = await gaussianMixture(matrix, { k: 2 });
 * assert.equal(labels[0], labels[2]);
 * assert.notEqual(labels[0], labels[3]);
 * ```
 */
export async function gaussianMixture(
  matrix: Matrix,
  spec: GaussianMixtureSpec,
): Promise<GaussianMixture> {
  const { k, restarts = 10, seed = 42, maxIterations = 200, ...rest } = spec;
  const { tolerance = 1e-3, leastVariance = 1e-6, ...run } = rest;
  assertMatrix(matrix, ACTION);
  assertWhole({ maxIterations }, { action: ACTION });
  if (!(leastVariance > 0)) {
    throw new RangeError(`Cannot ${ACTION}: leastVariance is ${leastVariance}, must be above 0`);
  }
  const { rows } = matrix;
  const signal = run.signal === undefined ? {} : { signal: run.signal };
  const { labels } = await kMeans(matrix, { k, restarts, seed, ...signal });
  const shares = new Float64Array(rows * k);
  labels.forEach((label, row) => shares[row * k + label] = 1);

  const pace = new Pace(maxIterations, run);
  let components = maximise(matrix, shares, { k, leastVariance });
  let logLikelihood = -Infinity;
  for (let iteration = 1;; iteration++) {
    await pace.breathe(iteration - 1);
    const found = expect(matrix, components, shares);
    components = maximise(matrix, shares, { k, leastVariance });
    const converged = Math.abs(found - logLikelihood) < tolerance;
    logLikelihood = found;
    if (!converged && iteration < maxIterations) continue;
    pace.finish();
    logLikelihood = expect(matrix, components, shares);
    return {
      k,
      shares: Float64Array.from(components, ({ share }) => share),
      means: Float64Array.from(components.flatMap(({ mean }) => [...mean])),
      labels: Int32Array.from({ length: rows }, (_, row) => likeliest(shares, row, k)),
      logLikelihood,
      iterations: iteration,
      converged,
    };
  }
}

/** A normal distribution. */
interface Component {
  readonly share: number;
  /** `[cols]` */
  readonly mean: Float64Array;
  /** `[cols × cols]`: lower triangle of the covariance's Cholesky decomposition. */
  readonly root: Float64Array;
  /** Logarithm of share × density at the mean. */
  readonly logPeak: number;
}

/**
 * Each row's chances to come from each component, into `[rows × k]`.
 *
 * @returns the mean log-likelihood
 */
function expect(
  { data, rows, cols }: Matrix,
  components: readonly Component[],
  chances: Float64Array,
): number {
  const k = components.length;
  const logs = new Float64Array(k);
  const rest = new Float64Array(cols);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    components.forEach(({ mean, root, logPeak }, c) => {
      let squared = 0;
      for (let i = 0; i < cols; i++) {
        let value = data[row * cols + i]! - mean[i]!;
        for (let j = 0; j < i; j++) value -= root[i * cols + j]! * rest[j]!;
        rest[i] = value / root[i * cols + i]!;
        squared += rest[i]! ** 2;
      }
      logs[c] = logPeak - squared / 2;
    });
    const greatest = Math.max(...logs);
    const total = greatest + Math.log(logs.reduce((all, log) => all + Math.exp(log - greatest), 0));
    for (let c = 0; c < k; c++) chances[row * k + c] = Math.exp(logs[c]! - total);
    sum += total;
  }
  return sum / rows;
}

/** The components that make rows with these chances most likely. */
function maximise(
  { data, rows, cols }: Matrix,
  chances: Float64Array,
  { k, leastVariance }: { readonly k: number; readonly leastVariance: number },
): Component[] {
  return Array.from({ length: k }, (_, c) => {
    // As scikit-learn: no component is without any weight.
    let weight = 10 * Number.EPSILON;
    const mean = new Float64Array(cols);
    for (let row = 0; row < rows; row++) {
      const chance = chances[row * k + c]!;
      weight += chance;
      for (let d = 0; d < cols; d++) mean[d]! += chance * data[row * cols + d]!;
    }
    for (let d = 0; d < cols; d++) mean[d]! /= weight;
    const covariance = DenseMatrix.zeros(cols, cols);
    for (let row = 0; row < rows; row++) {
      const chance = chances[row * k + c]!;
      if (chance === 0) continue;
      for (let i = 0; i < cols; i++) {
        const off = chance * (data[row * cols + i]! - mean[i]!);
        for (let j = 0; j <= i; j++) {
          const product = off * (data[row * cols + j]! - mean[j]!) / weight;
          covariance.set(i, j, covariance.get(i, j) + product);
        }
      }
    }
    for (let i = 0; i < cols; i++) {
      covariance.set(i, i, covariance.get(i, i) + leastVariance);
      for (let j = 0; j < i; j++) covariance.set(j, i, covariance.get(i, j));
    }
    const root = new CholeskyDecomposition(covariance).lowerTriangularMatrix;
    const logRoot = root.diagonal().reduce((sum, value) => sum + Math.log(value), 0);
    const share = weight / rows;
    const logPeak = Math.log(share) - cols / 2 * Math.log(2 * Math.PI) - logRoot;
    return { share, mean, root: Float64Array.from(root.to1DArray()), logPeak };
  });
}

function likeliest(chances: Float64Array, row: number, k: number): number {
  const own = chances.subarray(row * k, (row + 1) * k);
  return own.indexOf(Math.max(...own));
}
