import { BatchKernel } from "./_batch_kernel.ts";
import { assertGrid, assertMatrix, assertPositive, assertWhole } from "./_check.ts";
import { initWeights, type SomInit } from "./_init_weights.ts";
import { Pace } from "./_pace.ts";
import { RandomState } from "./_random_state.ts";
import type { Grid, LongRun, Matrix, SomMap } from "./types.ts";

/** Settings of {@linkcode trainBatch}. */
export interface BatchSpec extends Grid, LongRun {
  /** One epoch shows all samples. */
  epochs: number;
  /** Sigma of the gaussian neighbourhood in the first epoch, in neurons; > 0. */
  radiusStart: number;
  /** Sigma in the last epoch. The smaller, the less quantization and the more topographic error. */
  radiusEnd: number;
  /** @default "pca-spread" */
  init?: SomInit;
  /** Matters only to the init `sample`. @default 42 */
  seed?: number;
}

/** Rows between two looks at the clock. */
const SLICE = 128;

/**
 * Trains a map on all samples at once, epoch by epoch: every neuron becomes the
 * mean of all samples, weighted by the gaussian of the grid distance to each
 * sample's best unit. The radius shrinks exponentially from `radiusStart` to
 * `radiusEnd`. Deterministic; the order of rows changes nothing but rounding.
 *
 * Far faster than {@linkcode trainOnline} and, from a principal plane, better in
 * quantization and topographic error. O(epochs · rows · neurons · cols) at
 * worst; tiles that cannot hold a best unit are passed over.
 *
 * Memory: 24 bytes per feature and neuron, 4 per row.
 *
 * @param matrix `[rows × cols]`, finite; columns should be scaled alike.
 * @returns the map, weights `[width × height × cols]`.
 * @throws {RangeError} when a setting or a value is out of range
 * @throws {TypeError} when the matrix is misshapen
 *
 * Source: T. Kohonen (2013), Essentials of the self-organizing map, eq. 8,
 * doi:10.1016/j.neunet.2012.09.018.
 *
 * @example
 * ```ts
 * import { quantizationError, trainBatch } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const matrix = { data: Float64Array.of(0, 0, 1, 1, 9, 9), rows: 3, cols: 2 };
 * const map = await trainBatch(matrix, {
 *   width: 4, height: 2, epochs: 20, radiusStart: 2, radiusEnd: 0.3,
 * });
 * assert.ok(await quantizationError(map, matrix) < 0.1);
 * ```
 */
export async function trainBatch(matrix: Matrix, spec: BatchSpec): Promise<SomMap> {
  const { width, height, epochs, radiusStart, radiusEnd, init = "pca-spread", seed = 42 } = spec;
  const action = "train map";
  assertMatrix(matrix, action);
  assertGrid(spec, action);
  assertWhole(epochs, "Cannot train map: epochs", 1);
  assertPositive(radiusStart, "Cannot train map: radiusStart");
  assertPositive(radiusEnd, "Cannot train map: radiusEnd");
  if (radiusEnd > radiusStart) {
    throw new RangeError(
      `Cannot train map: radiusEnd is ${radiusEnd}, must be at most radiusStart ${radiusStart}`,
    );
  }
  const weights = initWeights(matrix, { width, height, init, random: new RandomState(seed) });
  const kernel = new BatchKernel(matrix, { width, height }, weights);
  const pace = new Pace(epochs * matrix.rows, spec);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const progress = epochs === 1 ? 1 : epoch / (epochs - 1);
    kernel.startEpoch();
    for (let from = 0; from < matrix.rows; from += SLICE) {
      if (pace.isDue) await pace.breathe(epoch * matrix.rows + from);
      kernel.gather(from, Math.min(matrix.rows, from + SLICE));
    }
    kernel.endEpoch(radiusStart * (radiusEnd / radiusStart) ** progress);
  }
  pace.finish();
  return { weights, width, height, features: matrix.cols };
}
