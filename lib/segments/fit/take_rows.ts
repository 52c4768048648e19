import type { CustomerMatrix } from "feira/features";

/** Some of a matrix's customers, in the order of `rows`. */
export function takeRows(
  { customerIds, featureNames, data, cols }: CustomerMatrix,
  rows: ArrayLike<number>,
): CustomerMatrix {
  const taken = new Float64Array(rows.length * cols);
  for (let at = 0; at < rows.length; at++) {
    taken.set(data.subarray(rows[at]! * cols, (rows[at]! + 1) * cols), at * cols);
  }
  return {
    customerIds: Array.from(rows, (row) => customerIds[row]!),
    featureNames,
    data: taken,
    rows: rows.length,
    cols,
  };
}
