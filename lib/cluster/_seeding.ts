import type { RandomGenerator } from "pure-rand";
import { drawUnit } from "./_random.ts";
import type { Matrix } from "./types.ts";

/**
 * Greedy k-means++: each next start is the best of 2 + ⌊ln k⌋ rows drawn with a
 * chance proportional to the squared distance from the starts so far.
 *
 * Source: D. Arthur and S. Vassilvitskii (2007); the greedy form is
 * scikit-learn's.
 *
 * @returns k different rows, or fewer when the matrix has fewer.
 */
export async function drawStarts(
  { data, rows, cols }: Matrix,
  { k, random, breathe }: {
    k: number;
    random: RandomGenerator;
    /** Called before each start. */
    breathe: () => Promise<void>;
  },
): Promise<number[][]> {
  const trials = 2 + Math.floor(Math.log(k));
  const draw = () => drawUnit(random);
  const rowOf = (i: number) => Array.from(data.subarray(i * cols, (i + 1) * cols));
  const first = Math.min(rows - 1, Math.floor(draw() * rows));
  const starts = [rowOf(first)];
  let nearest = squaredFrom(first, new Float64Array(rows).fill(Infinity));
  while (starts.length < k) {
    await breathe();
    const total = nearest.reduce((sum, value) => sum + value, 0);
    if (total === 0) break;
    let best: { row: number; nearest: Float64Array; total: number } | undefined;
    for (let trial = 0; trial < trials; trial++) {
      const row = rowAt(nearest, draw() * total);
      const candidate = squaredFrom(row, nearest);
      const left = candidate.reduce((sum, value) => sum + value, 0);
      if (best === undefined || left < best.total) best = { row, nearest: candidate, total: left };
    }
    starts.push(rowOf(best!.row));
    nearest = best!.nearest;
  }
  return starts;

  /** Squared distance of each row to its nearest start when `row` becomes one. */
  function squaredFrom(row: number, before: Float64Array): Float64Array {
    const after = new Float64Array(rows);
    const from = row * cols;
    for (let i = 0; i < rows; i++) {
      let squared = 0;
      for (let d = 0; d < cols; d++) squared += (data[i * cols + d]! - data[from + d]!) ** 2;
      after[i] = Math.min(before[i]!, squared);
    }
    return after;
  }
}

/** The row in whose share of the running sum `point` falls; never one of share 0. */
function rowAt(shares: Float64Array, point: number): number {
  let sum = 0;
  let last = 0;
  for (let i = 0; i < shares.length; i++) {
    if (shares[i]! === 0) continue;
    sum += shares[i]!;
    last = i;
    if (sum > point) return i;
  }
  return last;
}
