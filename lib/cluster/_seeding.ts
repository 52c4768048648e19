import type { RandomGenerator } from "pure-rand";
import { drawUnit } from "./_random.ts";
import type { Matrix } from "./types.ts";

/** What the drawing of starts needs besides the matrix. */
export interface SeedingSpec {
  k: number;
  random: RandomGenerator;
  /** Called before each pass over the rows. */
  breathe: () => Promise<void>;
}

/** Exchanges tried for each start, once all are drawn. */
const TRIALS_PER_START = 5;

/**
 * Greedy k-means++, then local search. Each next start is the best of
 * 2 + ⌊ln k⌋ rows drawn with a chance proportional to the squared distance from
 * the starts so far; then rows drawn in the same way take the place of the start
 * that is missed least, where that brings the rows nearer to their starts.
 *
 * On a map of 3,200 neurons the best of ten starts without exchanges was 1 to
 * 2.5% above scikit-learn's inertia at k = 7, 8 and 9, with them only at 9, and
 * 1% below it at 6.
 *
 * Source: D. Arthur and S. Vassilvitskii (2007), the greedy form scikit-learn's;
 * S. Lattanzi and C. Sohler (2019), A Better k-means++ Algorithm via Local Search.
 *
 * @returns k different rows, or fewer when the matrix has fewer.
 */
export async function drawStarts(matrix: Matrix, spec: SeedingSpec): Promise<number[][]> {
  const { k, random, breathe } = spec;
  const { rows } = matrix;
  const candidates = 2 + Math.floor(Math.log(k));
  const first = Math.min(rows - 1, Math.floor(drawUnit(random) * rows));
  const starts = [first];
  let nearest = squaredFrom(matrix, first);
  while (starts.length < k) {
    await breathe();
    const total = sumOf(nearest);
    if (total === 0) break;
    let best: { row: number; nearest: Float64Array; total: number } | undefined;
    for (let trial = 0; trial < candidates; trial++) {
      const row = rowAt(nearest, drawUnit(random) * total);
      const found = squaredFrom(matrix, row);
      for (let i = 0; i < rows; i++) found[i] = Math.min(found[i]!, nearest[i]!);
      const left = sumOf(found);
      if (best === undefined || left < best.total) best = { row, nearest: found, total: left };
    }
    starts.push(best!.row);
    nearest = best!.nearest;
  }
  if (starts.length === k && k > 1) await exchangeStarts(matrix, starts, spec);
  return starts.map((row) =>
    Array.from(matrix.data.slice(row * matrix.cols, (row + 1) * matrix.cols))
  );
}

/** The nearest and second nearest start of each row, squared distances. */
interface TwoNearest {
  readonly start: Int32Array;
  readonly nearest: Float64Array;
  readonly second: Float64Array;
}

async function exchangeStarts(
  matrix: Matrix,
  starts: number[],
  { random, breathe }: SeedingSpec,
): Promise<void> {
  let two = findTwo(matrix, starts);
  for (let trial = 0; trial < TRIALS_PER_START * starts.length; trial++) {
    await breathe();
    const total = sumOf(two.nearest);
    if (total === 0) return;
    const row = rowAt(two.nearest, drawUnit(random) * total);
    const squared = squaredFrom(matrix, row);
    // What the rows lose by each start that goes, and what is left with the new one.
    const losses = new Float64Array(starts.length);
    let left = 0;
    for (let i = 0; i < matrix.rows; i++) {
      const kept = Math.min(squared[i]!, two.nearest[i]!);
      left += kept;
      losses[two.start[i]!]! += Math.min(squared[i]!, two.second[i]!) - kept;
    }
    const least = losses.reduce((a, b) => Math.min(a, b));
    if (left + least >= total) continue;
    starts[losses.indexOf(least)] = row;
    two = findTwo(matrix, starts);
  }
}

function findTwo(matrix: Matrix, starts: readonly number[]): TwoNearest {
  const { rows } = matrix;
  const start = new Int32Array(rows);
  const nearest = new Float64Array(rows).fill(Infinity);
  const second = new Float64Array(rows).fill(Infinity);
  starts.forEach((row, at) => {
    const squared = squaredFrom(matrix, row);
    for (let i = 0; i < rows; i++) {
      if (squared[i]! < nearest[i]!) {
        second[i] = nearest[i]!;
        nearest[i] = squared[i]!;
        start[i] = at;
      } else if (squared[i]! < second[i]!) second[i] = squared[i]!;
    }
  });
  return { start, nearest, second };
}

/** Squared distance of each row from one of them. */
function squaredFrom({ data, rows, cols }: Matrix, row: number): Float64Array {
  const squared = new Float64Array(rows);
  const from = row * cols;
  for (let i = 0, at = 0; i < rows; i++) {
    let sum = 0;
    for (let d = 0; d < cols; d++, at++) sum += (data[at]! - data[from + d]!) ** 2;
    squared[i] = sum;
  }
  return squared;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
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
