import type { Pace } from "feira/threads";
import type { Matrix } from "./types.ts";

/** The nearest centroid of each row. */
export interface Assignment {
  /** `[rows]`: 0..k - 1, the lowest among equally near ones. */
  readonly labels: Int32Array;
  /** `[rows]` */
  readonly squared: Float64Array;
}

/** Rows between two looks at the clock. */
const STRIDE = 1024;

/** Finds the nearest centroid of each row. O(rows · k · cols). */
export async function assignRows(
  { data, rows, cols }: Matrix,
  centroids: Float64Array,
  pace: Pace,
  done: (row: number) => number,
): Promise<Assignment> {
  const k = centroids.length / cols;
  const labels = new Int32Array(rows);
  const squared = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    if (row % STRIDE === 0 && pace.isDue) await pace.breathe(done(row));
    const at = row * cols;
    let least = Infinity;
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let d = 0; d < cols; d++) sum += (data[at + d]! - centroids[c * cols + d]!) ** 2;
      if (sum < least) {
        least = sum;
        labels[row] = c;
      }
    }
    squared[row] = least;
  }
  return { labels, squared };
}
