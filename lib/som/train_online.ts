import { Pace } from "feira/threads";
import { assertGrid, assertMap, assertMatrix, assertOneOf } from "./_check.ts";
import { initWeights, type SomInit } from "./_init_weights.ts";
import type { SomNeighbourhood } from "./_neighbourhood.ts";
import { toLoop } from "./online/loop.ts";
import type { Precision } from "./online/state.ts";
import { orderRows } from "./search/order_rows.ts";
import { RandomState } from "./_random_state.ts";
import {
  type DecayFunction,
  type LearningRateDecay,
  type SigmaDecay,
  toSchedule,
} from "./_schedule.ts";
import type { SomDistance } from "./_scores.ts";
import type { Grid, LongRun, Matrix, SomMap } from "./types.ts";

/** Settings of {@linkcode trainOnline}. */
export interface OnlineSpec extends Grid, LongRun {
  /** Radius of the neighbourhood at the start, in neurons; > 0. */
  sigma: number;
  /** Share of the way that the best unit moves to a sample at the start; 0 < η ≤ 1. */
  learningRate: number;
  /** One iteration shows one sample. */
  iterations: number;
  /**
   * Whether `iterations` counts epochs: each shows every sample once, in the same
   * order, and sigma and learning rate stay as they are within one. MiniSom's
   * `use_epochs`. @default false
   */
  useEpochs?: boolean;
  /** Seeds numpy's `RandomState`. @default 42 */
  seed?: number;
  /** A map to go on from, or where weights start. @default "sample" */
  init?: SomInit | SomMap;
  /** Whether samples come shuffled, MiniSom's `train_random`, or in row order. @default "random" */
  order?: "random" | "sequential";
  /** How sigma changes over the iterations, or epochs. @default "asymptotic" */
  sigmaDecay?: SigmaDecay | DecayFunction;
  /** How the learning rate falls over the iterations, or epochs. @default "asymptotic" */
  learningRateDecay?: LearningRateDecay | DecayFunction;
  /** How strongly neurons move with the best unit. @default "gaussian" */
  neighbourhood?: SomNeighbourhood;
  /** What makes a neuron the best unit of a sample. @default "euclidean" */
  distance?: SomDistance;
  /** Rows whose best unit is given: row → (x, y). MiniSom's `fixed_points`. @default none */
  fixedPoints?: ReadonlyMap<number, readonly [x: number, y: number]>;
  /**
   * What weights are while they are trained. `float32` is faster and no longer
   * MiniSom's: of two neurons nearly as near to a sample the other may win. Takes
   * values of magnitude 1e17 at most. Only
   * with a gaussian neighbourhood, the euclidean distance, a rectangular grid and
   * no fixed points. @default "float64"
   */
  precision?: Precision;
}

/** Iterations between two looks at the clock: a few milliseconds of work at most. */
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
 * So it does for every option, with two differences: the distance `chebyshev` is
 * the right one (see {@linkcode SomDistance}), and the sheet of `pca` may be a
 * mirror image (see {@linkcode SomInit}). Deterministic.
 *
 * O(iterations · neurons · cols) at worst. With the euclidean distance, tiles of
 * neurons that cannot hold a best unit are passed over; the others compare a
 * sample with every neuron. Fastest is a gaussian neighbourhood with the
 * euclidean distance on a rectangular grid without fixed points.
 *
 * Memory: 17 bytes per feature and neuron (13 with `float32`), 4 per iteration,
 * 4 per row.
 *
 * @param matrix `[rows × cols]`, finite; columns should be scaled alike.
 * @returns the map, weights `[width × height × cols]`.
 * @throws {RangeError} when a setting or a value is out of range, or weights grow
 * beyond float64, as the neighbourhoods `mexican-hat` and `triangle` can make them
 * @throws {TypeError} when the matrix is misshapen
 *
 * Source: G. Vettigli, MiniSom 2.3.6; T. Kohonen (1982), doi:10.1007/BF00337288.
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
  const { width, height, topology, seed = 42, init = "sample", order = "random" } = spec;
  const { precision = "float64", useEpochs = false } = spec;
  const action = "train map";
  assertOneOf(precision, ["float64", "float32"], "Cannot train map: precision");
  assertMatrix(matrix, action, precision);
  assertGrid(spec, action);
  assertOneOf(order, ["random", "sequential"], "Cannot train map: order");
  if (typeof init === "object") assertMap(init, action, precision);
  const schedule = toSchedule(spec, matrix.rows);
  const grid = { width, height, ...(topology === undefined ? {} : { topology }) };

  const random = new RandomState(seed);
  const { iterations } = schedule;
  const pace = new Pace(iterations, spec);
  const weights = await initWeights(matrix, { ...grid, init, random, pace });
  const rows = await orderRows(matrix.rows, { order, useEpochs, iterations, random, pace });
  const map = { ...grid, weights, features: matrix.cols };
  const loop = toLoop(map, { matrix, order: rows, schedule, spec });

  for (let from = 0; from < iterations; from += SLICE) {
    if (pace.isDue) await pace.breathe(from);
    loop.run(from, Math.min(iterations, from + SLICE));
  }
  assertMap(map, action);
  pace.finish();
  return map;
}
