import type { ThreadedRun } from "feira/threads";
import { assertFits } from "./_check.ts";
import { engine } from "./_engine.ts";
import { threadsFor } from "./_threads_for.ts";
import { findUnitsByKernel } from "./search/units_kernel.ts";
import { findUnitsPlainly } from "./search/units_plain.ts";
import type { Matrix, SomMap } from "./types.ts";

/** The two nearest neurons of every row, all arrays `[rows]`. */
export interface BestMatchingUnits {
  /** Flat index of the nearest neuron; the lowest among equals. */
  readonly bmu: Int32Array;
  /** Flat index of the second nearest; -1 on a map of one neuron. */
  readonly second: Int32Array;
  /** Euclidean distance to the nearest neuron, in the matrix's units. */
  readonly distance: Float64Array;
}

/**
 * Finds the nearest and the second nearest neuron of every row, exactly. O(rows
 * · neurons · cols) at worst; tiles of neurons that cannot hold them are passed
 * over. The same for every number of threads.
 *
 * Memory, besides matrix, map and result: 8 bytes per feature and row, 16 per
 * row, and about 9 per feature and neuron.
 *
 * @param matrix `[rows × features]`, finite
 * @throws {TypeError} when the matrix has other columns than the map has features
 * @throws {RangeError} when a value is not finite, or threads is out of range
 * @throws the signal's reason when it was aborted
 *
 * @example
 * ```ts
 * import { bestMatchingUnits } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 5, 7), width: 3, height: 1, features: 1 };
 * const units = await bestMatchingUnits(map, { data: Float64Array.of(4), rows: 1, cols: 1 });
 * assert.deepEqual([units.bmu[0], units.second[0], units.distance[0]], [1, 2, 1]);
 * ```
 */
export async function bestMatchingUnits(
  map: SomMap,
  matrix: Matrix,
  run: ThreadedRun = {},
): Promise<BestMatchingUnits> {
  const action = "find best-matching units";
  assertFits(map, matrix, action);
  const threads = threadsFor(matrix.rows * map.weights.length, run.threads, action);
  return engine() === "kernel"
    ? await findUnitsByKernel(map, matrix, { ...run, threads })
    : await findUnitsPlainly(map, matrix, run);
}
