import { scaleOf } from "./_scale.ts";
import type { Labels, Matrix } from "./types.ts";

/** The clusters' means, and distances in units that do not overflow. */
export interface Centroids {
  /** `[k × cols]`, row-major, times `scale`. */
  readonly means: Float64Array;
  /** A power of two. */
  readonly scale: number;
  /** Squared distance of a row to its cluster's mean, times the scale's square. */
  squaredOf(row: number): number;
}

export function toCentroids(
  { data, rows, cols }: Matrix,
  labels: Labels,
  sizes: Int32Array,
): Centroids {
  const scale = scaleOf(data);
  // Added up from the cluster's first row, so that equal rows have just themselves as their mean.
  const firsts = new Float64Array(sizes.length * cols);
  for (let row = rows - 1; row >= 0; row--) {
    for (let d = 0; d < cols; d++) firsts[labels[row]! * cols + d] = data[row * cols + d]! * scale;
  }
  const sums = new Float64Array(sizes.length * cols);
  for (let row = 0; row < rows; row++) {
    const at = labels[row]! * cols;
    for (let d = 0; d < cols; d++) sums[at + d]! += data[row * cols + d]! * scale - firsts[at + d]!;
  }
  const means = sums.map((sum, at) => firsts[at]! + sum / sizes[Math.floor(at / cols)]!);
  const squaredOf = (row: number) => {
    const at = labels[row]! * cols;
    let squared = 0;
    for (let d = 0; d < cols; d++) squared += (data[row * cols + d]! * scale - means[at + d]!) ** 2;
    return squared;
  };
  return { means, scale, squaredOf };
}
