import type { Grid, Matrix } from "../types.ts";

/** Neurons along each side of a patch of the map; near ones search alike. */
const PATCH = 4;

/**
 * The rows in the order of their best units, patch of the map by patch; rows of
 * the same unit as they stood. Neighbours in this order look through the same
 * tiles and add to the same sums, so memory is near and branches are foreseen:
 * measured, a tenth off the search and half off the sums.
 *
 * O(rows + neurons).
 *
 * @param best `[rows]`: flat indices
 * @returns `[rows]`: which row comes first, second, …
 */
export function orderByUnit({ width, height }: Grid, best: Int32Array): Int32Array {
  const rank = new Int32Array(width * height);
  let next = 0;
  for (let px = 0; px < width; px += PATCH) {
    for (let py = 0; py < height; py += PATCH) {
      for (let x = px; x < Math.min(width, px + PATCH); x++) {
        for (let y = py; y < Math.min(height, py + PATCH); y++) rank[x * height + y] = next++;
      }
    }
  }
  const starts = new Int32Array(width * height + 1);
  for (const unit of best) starts[rank[unit]! + 1]!++;
  for (let r = 0; r < width * height; r++) starts[r + 1]! += starts[r]!;
  const order = new Int32Array(best.length);
  best.forEach((unit, row) => order[starts[rank[unit]!]!++] = row);
  return order;
}

/**
 * Copies a matrix.
 *
 * @param columns which column comes first, second, …
 * @param order which row comes first, second, …; as they stand when absent
 */
export function copyRows(
  { data, rows, cols }: Matrix,
  into: Float64Array | Float32Array,
  { columns, order }: { readonly columns: Int32Array; readonly order?: Int32Array },
): void {
  for (let i = 0, at = 0; i < rows; i++) {
    const start = (order ? order[i]! : i) * cols;
    for (let d = 0; d < cols; d++) into[at++] = data[start + columns[d]!]!;
  }
}
