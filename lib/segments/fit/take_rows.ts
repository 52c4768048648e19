import type { Matrix } from "feira/cluster";
import type { CustomerMatrix } from "feira/features";

/** Some of a matrix's customers, in the order of `rows`. */
export function takeRows(matrix: CustomerMatrix, rows: ArrayLike<number>): CustomerMatrix {
  const { customerIds, featureNames } = matrix;
  return {
    customerIds: Array.from(rows, (row) => customerIds[row]!),
    featureNames,
    ...takeValues(matrix, rows),
  };
}

/** The same of a matrix of which no row has an id. */
export function takeValues({ data, cols }: Matrix, rows: ArrayLike<number>): Matrix {
  const taken = new Float64Array(rows.length * cols);
  for (let at = 0; at < rows.length; at++) {
    taken.set(data.subarray(rows[at]! * cols, (rows[at]! + 1) * cols), at * cols);
  }
  return { data: taken, rows: rows.length, cols };
}
