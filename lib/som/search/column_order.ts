import type { Matrix } from "../types.ts";

/** Rows, evenly spaced, that are looked at: any order is right, a telling one is faster. */
const SAMPLE = 2000;

/** Columns that are chosen beside those before them; a search is over long before the others. */
const MOST_PIVOTS = 32;

/**
 * The columns in the order in which they tell most beside those before them: the
 * pivots of a Cholesky decomposition of the covariance matrix. A search sums up
 * distances column by column and gives up on neurons that are too far, the sooner
 * the less the first columns repeat each other: measured, a quarter off the
 * training of a map of twelve columns that hold two twins.
 *
 * From the 33rd on, columns stand by what variance the first 32 leave them.
 * O(32 · 2000 · cols + cols²) whatever the rows.
 *
 * @returns `[cols]`: which column comes first, second, …
 */
export function orderColumns(matrix: Matrix): Int32Array {
  const { cols } = matrix;
  const sample = centredSample(matrix);
  const left = new Set(Array(cols).keys());
  const variances = Float64Array.from(left, (a) => productOf(sample, a, a));
  const order = new Int32Array(cols);
  // Of each pivot: what the others share of its variance, and their covariances with it.
  const pivots: { shares: Float64Array; row: Float64Array }[] = [];
  for (let place = 0; place < cols; place++) {
    let pivot = -1;
    for (const column of left) {
      if (pivot < 0 || variances[column]! > variances[pivot]!) pivot = column;
    }
    left.delete(pivot);
    order[place] = pivot;
    const variance = variances[pivot]!;
    if (place >= MOST_PIVOTS || !(variance > 0)) continue;
    const shares = new Float64Array(cols);
    const row = new Float64Array(cols);
    for (const a of left) {
      const product = productOf(sample, a, pivot);
      const [into, along] = pivots.reduce(
        ([into, along], before) => [
          into - before.shares[a]! * before.row[pivot]!,
          along - before.shares[pivot]! * before.row[a]!,
        ],
        [product, product] as const,
      );
      shares[a] = into / variance;
      row[a] = along;
      variances[a]! -= shares[a]! * row[a]!;
    }
    pivots.push({ shares, row });
  }
  return order;
}

/** The weights with their columns in that order, fresh. */
export function takeColumns(weights: Float64Array, columns: Int32Array): Float64Array {
  const cols = columns.length;
  return weights.map((_, at) => weights[at - at % cols + columns[at % cols]!]!);
}

/** Undoes {@linkcode takeColumns}. */
export function putColumns(weights: Float64Array, columns: Int32Array): Float64Array {
  const places = new Int32Array(columns.length);
  columns.forEach((column, place) => places[column] = place);
  return takeColumns(weights, places);
}

/** Columns of the rows that are looked at, one after another, each less its mean. */
interface Sample {
  readonly count: number;
  /** `[cols × count]` */
  readonly values: Float64Array;
}

function centredSample({ data, rows, cols }: Matrix): Sample {
  const step = Math.ceil(rows / SAMPLE);
  const count = Math.ceil(rows / step);
  const values = new Float64Array(cols * count);
  for (let d = 0; d < cols; d++) {
    let mean = 0;
    for (let i = 0; i < count; i++) mean += data[i * step * cols + d]! / count;
    for (let i = 0; i < count; i++) values[d * count + i] = data[i * step * cols + d]! - mean;
  }
  return { count, values };
}

/** The covariance of two columns, not divided by the number of rows, which orders nothing. */
function productOf({ count, values }: Sample, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[a * count + i]! * values[b * count + i]!;
  return sum;
}
