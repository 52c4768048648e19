import { assertGrid, assertMatrix, assertPositive, assertWhole } from "./_check.ts";
import { initWeights, type SomInit } from "./_init_weights.ts";
import { OnlineKernel } from "./_online_kernel.ts";
import { Pace } from "./_pace.ts";
import { RandomState } from "./_random_state.ts";
import type { Grid, LongRun, Matrix, SomMap } from "./types.ts";

/** Settings of {@linkcode trainOnline}. */
export interface OnlineSpec extends Grid, LongRun {
  /** Radius of the gaussian neighbourhood at the start, in neurons; > 0. */
  sigma: number;
  /** Share of the way that the best unit moves to a sample at the start; 0 < η ≤ 1. */
  learningRate: number;
  /** One iteration shows one sample. */
  iterations: number;
  /** Seeds numpy's `RandomState`. @default 42 */
  seed?: number;
  /** @default "sample" */
  init?: SomInit;
  /** Whether samples come shuffled, MiniSom's `train_random`, or in row order. @default "random" */
  order?: "random" | "sequential";
}

/** Iterations between two looks at the clock: well under a millisecond of work. */
const SLICE = 64;

/**
 * Trains a map sample by sample, with MiniSom's semantics: the same seed gives
 * the same start, order and, but for the last bits, the same weights as
 *
 * ```py
 * som = MiniSom(width, height, features, sigma=…, learning_rate=…, random_seed=seed)
 * som.random_weights_init(data)       # init: "sample"
 * som.train_random(data, iterations)  # order: "random"
 * ```
 *
 * Sigma and learning rate decay as p / (1 + 2t/T); the neighbourhood is
 * gaussian, the grid rectangular, the distance euclidean. Deterministic.
 *
 * Memory: 8 bytes per feature and neuron, 4 per iteration, 4 per row.
 *
 * @param matrix `[rows × cols]`, finite; columns should be scaled alike.
 * @returns the map, weights `[width × height × cols]`.
 * @throws {RangeError} when a setting or a value is out of range
 * @throws {TypeError} when the matrix is misshapen
 *
 * Source: G. Vettigli, MiniSom 2.3; T. Kohonen (1982), doi:10.1007/BF00337288.
 *
 * @example
 * ```ts
 * import { quantizationError, trainOnline } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const matrix = { data: Float64Array.of(0, 0, 1, 1, 9, 9), rows: 3, cols: 2 };
 * const map = await trainOnline(matrix, {
 *   width: 3, height: 2, sigma: 1, learningRate: 0.5, iterations: 300,
 * });
 * assert.ok(await quantizationError(map, matrix) < 0.2);
 * ```
 */
export async function trainOnline(matrix: Matrix, spec: OnlineSpec): Promise<SomMap> {
  const { width, height, sigma, learningRate, iterations, seed = 42 } = spec;
  const { init = "sample", order: orderKind = "random" } = spec;
  const action = "train map";
  assertMatrix(matrix, action);
  assertGrid(spec, action);
  assertPositive(sigma, "Cannot train map: sigma");
  assertPositive(learningRate, "Cannot train map: learning rate");
  if (learningRate > 1) {
    throw new RangeError(`Cannot train map: learning rate is ${learningRate}, must be at most 1`);
  }
  assertWhole(iterations, "Cannot train map: iterations", 1);
  if (orderKind !== "random" && orderKind !== "sequential") {
    throw new RangeError(
      `Cannot train map: order is "${orderKind}", must be random or sequential`,
    );
  }

  const random = new RandomState(seed);
  // MiniSom's constructor draws random weights before any initialisation replaces them.
  for (let i = 0; i < width * height * matrix.cols; i++) random.double();
  const weights = initWeights(matrix, { width, height, init, random });
  const order = Int32Array.from({ length: iterations }, (_, t) => t % matrix.rows);
  if (orderKind === "random") random.shuffle(order);

  const kernel = new OnlineKernel({
    grid: { width, height },
    features: matrix.cols,
    weights,
    data: matrix.data,
    order,
    sigma,
    learningRate,
  });
  const pace = new Pace(iterations, spec);
  for (let from = 0; from < iterations; from += SLICE) {
    if (pace.isDue) await pace.breathe(from);
    kernel.run(from, Math.min(iterations, from + SLICE));
  }
  pace.finish();
  return { weights, width, height, features: matrix.cols };
}
