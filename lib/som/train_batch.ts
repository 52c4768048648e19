import type { BatchEngine } from "./batch/engine.ts";
import { BatchKernel } from "./batch/kernel.ts";
import { BatchPlain } from "./batch/plain.ts";
import { assertGrid, assertMatrix, assertRowWeights } from "./_check.ts";
import { orderColumns } from "./search/column_order.ts";
import { engine } from "./_engine.ts";
import { initWeights, type SomInit } from "./_init_weights.ts";
import { RandomState } from "./_random_state.ts";
import { assertRadius, radiusAt, type RadiusSpec } from "./radius_at.ts";
import { threadsFor } from "./_threads_for.ts";
import { unitOf } from "./_unit.ts";
import { Pace, type ThreadedRun } from "feira/threads";
import type { Grid, Matrix, SomMap } from "./types.ts";

/** Settings of {@linkcode trainBatch}. */
export interface BatchSpec extends Grid, RadiusSpec, ThreadedRun {
  /** A map to go on from, or where weights start. @default "pca-spread" */
  init?: SomInit | SomMap;
  /** Matters only to the inits `sample` and `random`. @default 42 */
  seed?: number;
  /**
   * `[rows]`: how much each row counts, at least 0; whole numbers count as so many
   * equal rows. @default 1 for each
   */
  weights?: Float64Array;
}

/**
 * Trains a map on all samples at once, epoch by epoch: every neuron becomes the
 * mean of all samples, weighted by the gaussian of the grid distance to each
 * sample's best unit. The radius shrinks from `radiusStart` to `radiusEnd`:
 * exponentially it is `radiusStart · (radiusEnd / radiusStart)^(t / (epochs - 1))`
 * in epoch t, linearly `radiusStart + (radiusEnd - radiusStart) · t / (epochs - 1)`.
 *
 * Deterministic: the same map, bit for bit, for every number of threads. The
 * order of rows changes nothing but rounding. Samples more than six radii away
 * along x or y are left out; a neuron without any within reach stays as it is.
 *
 * Far faster than {@linkcode trainOnline} and, from a principal plane, better in
 * quantization and topographic error. O(epochs · rows · neurons · cols) at
 * worst; tiles that cannot hold a best unit are passed over. A principal plane
 * takes O(rows · cols² + cols³) before, seconds with a thousand columns.
 *
 * Memory, besides matrix and map: per row 8 bytes per feature, and 12 (28 with
 * weights); per neuron 8 bytes per feature, and 16 (24 on a hexagonal grid) per
 * feature and one more.
 *
 * @param matrix `[rows × cols]`, finite; columns should be scaled alike.
 * @returns the map, weights `[width × height × cols]`.
 * @throws {RangeError} when a setting or a value is out of range
 * @throws {TypeError} when the matrix, its weights or the map to go on from are misshapen
 * @throws the signal's reason when it was aborted
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
  assertBatch(matrix, spec);
  const { width, height, topology, epochs, init = "pca-spread", seed = 42 } = spec;
  const { rows, cols } = matrix;
  const grid = { width, height, ...(topology === undefined ? {} : { topology }) };
  const threads = threadsFor(epochs * rows * width * height * cols, spec.threads, "train map");
  const pace = new Pace(epochs * rows, spec);
  const rowWeights = spec.weights && toUnit(spec.weights);
  const random = new RandomState(seed);
  const start = await initWeights(matrix, { ...grid, init, random, rowWeights, pace });
  const columns = orderColumns(matrix);
  await using training = toEngine({ matrix, columns, grid, weights: start, rowWeights, threads });
  for (let epoch = 0; epoch < epochs; epoch++) {
    const before = epoch * rows;
    if (pace.isDue) await pace.breathe(before);
    await training.epoch(radiusAt(epoch, spec), {
      ...(spec.signal ? { signal: spec.signal } : {}),
      onProgress: ({ done, total }) => {
        // Whole epochs are many a second on small data; the pace reports those.
        if (done < total) spec.onProgress?.({ done: before + done, total: epochs * rows });
      },
    });
  }
  pace.finish();
  return { ...grid, weights: training.weights(), features: cols };
}

/** The same proportions at about 1, so that no sum of rows times weights overflows or vanishes. */
function toUnit(weights: Float64Array): Float64Array {
  const unit = unitOf(weights);
  return weights.map((weight) => weight / unit);
}

function toEngine(start: ConstructorParameters<typeof BatchKernel>[0]): BatchEngine {
  return engine() === "kernel" ? new BatchKernel(start) : new BatchPlain(start);
}

function assertBatch(matrix: Matrix, spec: BatchSpec): void {
  const action = "train map";
  assertMatrix(matrix, action);
  assertGrid(spec, action);
  assertRadius(spec, action);
  if (spec.weights) assertRowWeights(spec.weights, matrix.rows, action);
}
