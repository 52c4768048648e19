import type { RankedRows, Ranks } from "./ranks.ts";
import type { Matrix } from "../types.ts";

/**
 * Ranks of all rows by their distance from one row in the matrix. O(rows · cols)
 * to centre. Distances are not sorted: a rank is counted, and only rows that are
 * nearer than the farthest one asked of cost more than a comparison.
 */
export class DataRanks implements RankedRows {
  readonly #matrix: Matrix;
  /** `[rows]`: squared distances; NaN for the row itself, which is before and after none. */
  readonly #squared: Float64Array;

  constructor(matrix: Matrix) {
    this.#matrix = matrix;
    this.#squared = new Float64Array(matrix.rows);
  }

  centre(row: number): void {
    const { data, rows, cols } = this.#matrix;
    for (let other = 0; other < rows; other++) {
      let squared = 0;
      for (let d = 0; d < cols; d++) {
        const gap = data[row * cols + d]! - data[other * cols + d]!;
        squared += gap * gap;
      }
      this.#squared[other] = squared;
    }
    this.#squared[row] = NaN;
  }

  nearest(k: number): number[] {
    const limit = kthLeast(this.#squared, k);
    const rows: number[] = [];
    this.#squared.forEach((squared, row) => {
      if (squared <= limit) rows.push(row);
    });
    return rows;
  }

  ranksOf(rows: readonly number[]): Ranks[] {
    const asked = Float64Array.from(new Set(rows.map((row) => this.#squared[row]!))).sort();
    const most = asked.at(-1) ?? -Infinity;
    // Rows that are first counted as below, or as at most, at the i-th distance asked of.
    const below = new Int32Array(asked.length + 1);
    const atMost = new Int32Array(asked.length + 1);
    for (const squared of this.#squared) {
      if (!(squared <= most)) continue;
      const at = countBelow(asked, squared);
      atMost[at]! += 1;
      below[asked[at] === squared ? at + 1 : at]! += 1;
    }
    for (let i = 1; i < asked.length; i++) {
      below[i]! += below[i - 1]!;
      atMost[i]! += atMost[i - 1]!;
    }
    return rows.map((row) => {
      const at = countBelow(asked, this.#squared[row]!);
      return { first: below[at]! + 1, last: atMost[at]! };
    });
  }
}

/** The k-th smallest value, NaN left out, by keeping the k smallest in order. */
function kthLeast(values: Float64Array, k: number): number {
  const least = new Float64Array(k).fill(Infinity);
  for (const value of values) {
    if (!(value < least[k - 1]!)) continue;
    let at = k - 1;
    for (; at > 0 && least[at - 1]! > value; at--) least[at] = least[at - 1]!;
    least[at] = value;
  }
  return least[k - 1]!;
}

/** How many of the sorted values are below one. */
function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
