import { Matrix } from "ml-matrix";
import type { CustomerMatrix } from "./customer_matrix.ts";
import { fitScaler } from "./fit_scaler.ts";
import { scale } from "./scale.ts";

/** How features go together, pair by pair. */
export interface Correlations {
  /** `[cols]`. */
  readonly featureNames: readonly string[];
  /** `[cols × cols]` row by row: symmetric, from −1 to 1, NaN for a constant feature. */
  readonly data: Float64Array;
}

/**
 * Pearson's correlation of every two features. O(rows · cols²).
 *
 * @param matrix `[rows × cols]`, finite.
 * @throws {RangeError} when the matrix has no rows, or its arrays disagree.
 *
 * @example
 * ```ts
 * import { correlations } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * const { data } = correlations({
 *   customerIds: ["a", "b"],
 *   featureNames: ["recency", "frequency"],
 *   data: Float64Array.of(1, 5, 2, 4),
 *   rows: 2,
 *   cols: 2,
 * });
 * assert.deepEqual([...data], [1, -1, -1, 1]);
 * ```
 */
export function correlations(matrix: CustomerMatrix): Correlations {
  const scaler = fitScaler(matrix);
  const { rows, cols, featureNames } = matrix;
  const scaled = Matrix.from1DArray(rows, cols, scale(matrix, scaler).data as ArrayLike<number>);
  const products = scaled.transpose().mmul(scaled);
  const isFlat = featureNames.map((name) => scaler.constantFeatures.includes(name));
  const data = new Float64Array(cols * cols);
  for (let i = 0; i < cols; i++) {
    for (let j = 0; j < cols; j++) {
      // Rounding may take a sum of products past the bounds that it has in truth.
      const bounded = Math.max(-1, Math.min(1, products.get(i, j) / rows));
      data[i * cols + j] = isFlat[i] || isFlat[j] ? NaN : i === j ? 1 : bounded;
    }
  }
  return { featureNames: [...featureNames], data };
}
