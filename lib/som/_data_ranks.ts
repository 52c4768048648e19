import type { RankedRows, Ranks } from "./_ranks.ts";
import type { Matrix } from "./types.ts";

/** Ranks of all rows by their distance from one row in the matrix; O(rows · (cols + log rows)) to centre. */
export class DataRanks implements RankedRows {
  readonly #matrix: Matrix;
  readonly #squared: Float64Array;
  readonly #sorted: Float64Array;

  constructor(matrix: Matrix) {
    this.#matrix = matrix;
    this.#squared = new Float64Array(matrix.rows);
    this.#sorted = new Float64Array(matrix.rows);
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
    // The row itself is at 0, before all others.
    this.#sorted.set(this.#squared);
    this.#sorted.sort();
  }

  isAfter(other: number, k: number): boolean {
    return this.#squared[other]! > this.#sorted[k]!;
  }

  ranksOf(other: number): Ranks {
    const squared = this.#squared[other]!;
    return {
      first: Math.max(1, countBelow(this.#sorted, squared, false)),
      last: countBelow(this.#sorted, squared, true) - 1,
    };
  }
}

/** How many of the sorted values are below one, or not above it. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const isBelow = orEqual ? sorted[middle]! <= value : sorted[middle]! < value;
    if (isBelow) low = middle + 1;
    else high = middle;
  }
  return low;
}
