import { scaleOf } from "./_scale.ts";
import type { Labels, Matrix } from "./types.ts";

/** A matrix made ready for sums of distances: see {@linkcode sortRows}. */
export interface SortedRows {
  readonly rows: number;
  /** Columns that differ from each other and within themselves; may be none. */
  readonly cols: number;
  /** `[cols]`: each column's number in the matrix. */
  readonly columns: Int32Array;
  /** `[cols]`: how often each column stands in the matrix. */
  readonly times: Float64Array;
  /** `[cols]`: the columns' means. */
  readonly centre: Float64Array;
  /** `[cols]`: the greatest distance from the mean in each column, equal ones taken together. */
  readonly spreads: Float64Array;
  /** `[rows]`: the matrix's row at each place. */
  readonly order: Int32Array;
  /** `[k + 1]`: the place where each cluster starts; the last is `rows`. */
  readonly starts: Int32Array;
  /** Writes the row at a place to the first `cols` values of `into`. */
  read(place: number, into: Float64Array): void;
}

/**
 * Sorts rows by cluster, and within it by their distance from the matrix's mean,
 * so that neighbours are of about one size.
 *
 * Values are scaled by a power of two, which no ratio of distances sees, so that
 * no square overflows. Of equal columns one is left, with how often it counts;
 * of those that are the same in all rows none.
 */
export function sortRows(
  { data, rows, cols }: Matrix,
  labels: Labels,
  sizes: Int32Array,
): SortedRows {
  const columns = distinctColumns({ data, rows, cols });
  const times = Float64Array.from(columns, (column) => column.times);
  const indices = Int32Array.from(columns, (column) => column.index);
  const scale = scaleOf(Float64Array.from(columns, ({ greatest }) => greatest));
  const read = (row: number, into: Float64Array) => {
    for (let d = 0; d < indices.length; d++) into[d] = data[row * cols + indices[d]!]! * scale;
  };
  const spreads = new Float64Array(columns.length);
  const point = new Float64Array(columns.length);
  const centre = new Float64Array(columns.length);
  for (let row = 0; row < rows; row++) {
    read(row, point);
    for (let d = 0; d < point.length; d++) centre[d]! += point[d]! / rows;
  }
  const squared = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    read(row, point);
    for (let d = 0; d < point.length; d++) {
      const square = times[d]! * (point[d]! - centre[d]!) ** 2;
      squared[row]! += square;
      spreads[d] = Math.max(spreads[d]!, Math.sqrt(square));
    }
  }
  const starts = new Int32Array(sizes.length + 1);
  sizes.forEach((size, cluster) => starts[cluster + 1] = starts[cluster]! + size);
  const next = starts.slice();
  const order = new Int32Array(rows);
  for (let row = 0; row < rows; row++) order[next[labels[row]!]!++] = row;
  for (let c = 0; c < sizes.length; c++) {
    order.subarray(starts[c]!, starts[c + 1]!).sort((a, b) => squared[a]! - squared[b]! || a - b);
  }
  return {
    rows,
    cols: columns.length,
    columns: indices,
    times,
    centre,
    spreads,
    order,
    starts,
    read: (place, into) => read(order[place]!, into),
  };
}

/** A column, how often it stands in the matrix, and its greatest value without sign. */
interface Column {
  readonly index: number;
  readonly greatest: number;
  times: number;
}

/** The columns that vary and equal no earlier one. */
function distinctColumns({ data, rows, cols }: Matrix): Column[] {
  const distinct: Column[] = [];
  for (let index = 0; index < cols; index++) {
    let varies = false;
    let greatest = 0;
    for (let at = index; at < data.length; at += cols) {
      varies ||= data[at] !== data[index];
      greatest = Math.max(greatest, Math.abs(data[at]!));
    }
    if (!varies) continue;
    const twin = distinct.find((other) => {
      let i = 0;
      while (i < rows && data[i * cols + index] === data[i * cols + other.index]) i++;
      return i === rows;
    });
    if (twin === undefined) distinct.push({ index, greatest, times: 1 });
    else twin.times++;
  }
  return distinct;
}
