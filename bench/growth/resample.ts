import { unsafeUniformIntDistribution, xoroshiro128plus } from "pure-rand";
import type { Matrix } from "feira/som";

/** Spread of the jitter, in standard deviations of a column: enough to make rows differ. */
const JITTER = 0.05;

/**
 * A matrix of any number of rows in the likeness of another: rows drawn with
 * replacement, each value moved by up to ±0.05 at random. Same seed, same rows.
 */
export function resample(
  { data, rows: given, cols }: Matrix,
  { rows, seed = 42 }: { rows: number; seed?: number },
): Matrix {
  const random = xoroshiro128plus(seed);
  const drawn = new Float64Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    const from = unsafeUniformIntDistribution(0, given - 1, random) * cols;
    for (let d = 0; d < cols; d++) {
      const step = unsafeUniformIntDistribution(-1000, 1000, random) / 1000;
      drawn[row * cols + d] = data[from + d]! + JITTER * step;
    }
  }
  return { data: drawn, rows, cols };
}
