import { assertFits } from "./_check.ts";
import { Pace } from "./_pace.ts";
import { Search } from "./_search.ts";
import { Tiles } from "./_tiles.ts";
import type { LongRun, Matrix, SomMap } from "./types.ts";

/** The two nearest neurons of every row, all arrays `[rows]`. */
export interface BestMatchingUnits {
  /** Flat index of the nearest neuron; the lowest among equals. */
  readonly bmu: Int32Array;
  /** Flat index of the second nearest; -1 on a map of one neuron. */
  readonly second: Int32Array;
  /** Euclidean distance to the nearest neuron, in the matrix's units. */
  readonly distance: Float64Array;
}

const SLICE = 128;

/**
 * Finds the nearest and the second nearest neuron of every row, exactly. O(rows
 * · neurons · cols) at worst; tiles of neurons that cannot hold them are passed
 * over.
 *
 * @param matrix `[rows × features]`
 * @throws {TypeError} when the matrix has other columns than the map has features
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
  run: LongRun = {},
): Promise<BestMatchingUnits> {
  assertFits(map, matrix, "find best-matching units");
  const { data, rows, cols } = matrix;
  const tiles = new Tiles(map, cols);
  tiles.fit(map.weights);
  const search = new Search(tiles, map.weights);
  const bmu = new Int32Array(rows);
  const second = new Int32Array(rows);
  const distance = new Float64Array(rows);
  const pace = new Pace(rows, run);
  for (let i = 0; i < rows; i++) {
    if (i % SLICE === 0 && pace.isDue) await pace.breathe(i);
    search.nearestTwo(data, i * cols);
    bmu[i] = search.best;
    second[i] = search.second;
    distance[i] = Math.sqrt(search.bestSquared);
  }
  pace.finish();
  return { bmu, second, distance };
}
