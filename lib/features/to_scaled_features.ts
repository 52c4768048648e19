import { assertMatrix } from "./_check.ts";
import { toPresetValues } from "./_preset_values.ts";
import type { CustomerMatrix } from "./customer_matrix.ts";
import type { FittedFeatures } from "./fitted_features.ts";
import { scale } from "./scale.ts";

/**
 * Customers as a fitted preset describes them: its features as z-scores, 0 (the
 * mean) where a customer does not have one. The customers need not be those
 * that it was fitted on. O(rows · features).
 *
 * @param matrix the raw twelve, not scaled
 * @returns a new matrix with the same ids and the preset's features
 * @throws {RangeError} when the matrix has no rows, its arrays disagree, or a
 * feature of a customer is infinite
 * @throws {TypeError} when the matrix has not the features that the preset is made of
 *
 * @example
 * ```ts
 * import { FEATURES, fitFeatures, toScaledFeatures } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * const names = FEATURES.map(({ name }) => name);
 * const data = new Float64Array(36).fill(1);
 * [5, 3, 0].forEach((score, row) => data[row * 12 + names.indexOf("avg_review_score")] = score);
 * data[24 + names.indexOf("num_reviews")] = 0;
 * const matrix = { customerIds: ["a", "b", "c"], featureNames: names, data, rows: 3, cols: 12 };
 *
 * const scaled = toScaledFeatures(matrix, fitFeatures(matrix, "refined"));
 * const score = scaled.featureNames.indexOf("review_score");
 * // The third has no review: neither a bad score nor a good one.
 * assert.deepEqual([0, 1, 2].map((row) => scaled.data[row * scaled.cols + score]), [1, -1, 0]);
 * ```
 */
export function toScaledFeatures(
  matrix: CustomerMatrix,
  { preset, scaler }: FittedFeatures,
): CustomerMatrix {
  if (preset === "guide") return scale(matrix, scaler);
  assertMatrix(matrix, "scale features");
  const { featureNames, columns } = toPresetValues(matrix, preset);
  const { rows } = matrix;
  const cols = featureNames.length;
  const data = new Float64Array(rows * cols);
  columns.forEach((values, col) => {
    const mean = scaler.mean[col]!;
    const deviation = scaler.scale[col]!;
    values.forEach((value, row) => {
      data[row * cols + col] = Number.isNaN(value) ? 0 : (value - mean) / deviation;
    });
  });
  return { customerIds: matrix.customerIds, featureNames, data, rows, cols };
}
