import { WrapperMatrix1D } from "ml-matrix";
import type { CustomerMatrix } from "./customer_matrix.ts";

/** @throws {RangeError} when the matrix has no rows, or its arrays disagree. */
export function assertMatrix(matrix: CustomerMatrix, action: string): void {
  const { rows, cols, data, featureNames } = matrix;
  if (rows < 1) {
    throw new RangeError(`Cannot ${action}: found ${rows} customers, must be at least 1`);
  }
  if (data.length !== rows * cols || featureNames.length !== cols) {
    throw new RangeError(
      `Cannot ${action}: found ${data.length} values and ${featureNames.length} names for ${rows} × ${cols}, must be ${
        rows * cols
      } and ${cols}`,
    );
  }
}

/** The same numbers as ml-matrix sees them, not copied. */
export function view(data: Float64Array, rows: number): WrapperMatrix1D {
  return new WrapperMatrix1D(data, { rows });
}

/** Each column's mean and population variance, which rounding must not make negative. */
export function momentsOf(
  { data, rows }: CustomerMatrix,
): { readonly mean: number[]; readonly variance: number[] } {
  const values = view(data, rows);
  const mean = values.mean("column");
  const variance = values.variance("column", { unbiased: false, mean });
  return { mean, variance: variance.map((value) => Math.max(0, value)) };
}

/**
 * Whether a column's variance is only what rounding leaves of a constant, as
 * scikit-learn's StandardScaler decides it (`_is_constant_feature`).
 */
export function isConstant(
  { mean, variance, rows }: { mean: number; variance: number; rows: number },
): boolean {
  const rounding = rows * Number.EPSILON;
  return variance <= rounding * variance + (rounding * mean) ** 2;
}
