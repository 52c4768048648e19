import { assertFits } from "./_check.ts";
import { Pace } from "feira/threads";
import { leastScore, type SomDistance, toScore } from "./_scores.ts";
import type { LongRun, Matrix, SomMap } from "./types.ts";

/** Settings of {@linkcode winningUnits}. */
export interface WinningSpec extends LongRun {
  /** The one that the map was trained with. */
  distance: SomDistance;
}

/** Rows between two looks at the clock. */
const SLICE = 32;

/**
 * The best unit of every row by any of the distances, MiniSom's `winner`; the
 * lowest index among equals. For the euclidean distance `bestMatchingUnits` finds
 * the same faster, and the second best too.
 *
 * O(rows · neurons · cols). Memory: 4 bytes per row.
 *
 * @returns `[rows]`: flat indices of neurons
 * @throws {TypeError} when the matrix has other columns than the map has features
 *
 * @example
 * ```ts
 * import { winningUnits } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(1, 0, 9, 9), width: 2, height: 1, features: 2 };
 * const matrix = { data: Float64Array.of(1, 1), rows: 1, cols: 2 };
 * assert.deepEqual([...await winningUnits(map, matrix, { distance: "cosine" })], [1]);
 * ```
 */
export async function winningUnits(
  map: SomMap,
  matrix: Matrix,
  { distance, ...run }: WinningSpec,
): Promise<Int32Array> {
  const action = "find winning units";
  assertFits(map, matrix, action);
  const { weights, features, width, height } = map;
  const { data, rows } = matrix;
  const score = toScore(distance, { weights, data, features }, action);
  const units = new Int32Array(rows);
  const pace = new Pace(rows, run);
  for (let i = 0; i < rows; i++) {
    if (i % SLICE === 0 && pace.isDue) await pace.breathe(i);
    const offset = i * features;
    units[i] = leastScore(score, { neurons: width * height, features, offset, warm: -1 });
  }
  pace.finish();
  return units;
}
