import type { Matrix } from "./types.ts";

/** Rows, evenly spaced, that are looked at: any order is right, a telling one is faster. */
const SAMPLE = 2000;

/**
 * The columns in the order in which they tell most beside those before them: the
 * pivots of a Cholesky decomposition of the covariance matrix. A search sums up
 * distances column by column and gives up on neurons that are too far, the sooner
 * the less the first columns repeat each other: measured, a quarter off the
 * training of a map of twelve columns that hold two twins.
 *
 * @returns `[cols]`: which column comes first, second, …
 */
export function orderColumns({ data, rows, cols }: Matrix): Int32Array {
  const step = Math.ceil(rows / SAMPLE);
  const residual = covariance(data, { cols, step, rows });
  const order = new Int32Array(cols);
  const left = new Set(order.keys());
  for (let place = 0; place < cols; place++) {
    let pivot = -1;
    for (const column of left) {
      const isMore = residual[column * cols + column]! > residual[pivot * cols + pivot]!;
      if (pivot < 0 || isMore) pivot = column;
    }
    left.delete(pivot);
    order[place] = pivot;
    const variance = residual[pivot * cols + pivot]!;
    if (!(variance > 0)) continue;
    const shares = Float64Array.from(order, (_, a) => residual[a * cols + pivot]! / variance);
    const row = residual.slice(pivot * cols, (pivot + 1) * cols);
    for (const a of left) {
      for (const b of left) residual[a * cols + b]! -= shares[a]! * row[b]!;
    }
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

/** Of every `step`th row; not divided by their number, which orders nothing. */
function covariance(
  data: Float64Array,
  { rows, cols, step }: { rows: number; cols: number; step: number },
): Float64Array {
  const sums = new Float64Array(cols * cols);
  const mean = new Float64Array(cols);
  const count = Math.ceil(rows / step);
  for (let i = 0; i < rows; i += step) {
    for (let d = 0; d < cols; d++) mean[d]! += data[i * cols + d]! / count;
  }
  for (let i = 0; i < rows; i += step) {
    for (let a = 0; a < cols; a++) {
      const gap = data[i * cols + a]! - mean[a]!;
      for (let b = 0; b < cols; b++) sums[a * cols + b]! += gap * (data[i * cols + b]! - mean[b]!);
    }
  }
  return sums;
}
