import { assertMatrix } from "./_check.ts";
import { toPresetValues } from "./_preset_values.ts";
import type { CustomerMatrix } from "./customer_matrix.ts";
import { fitScaler, toScaler } from "./fit_scaler.ts";
import type { FittedFeatures, PresetName } from "./fitted_features.ts";

/**
 * Learns how a preset's features are scaled: mean and population standard
 * deviation of each, over the customers that have it. O(rows · features).
 *
 * @param matrix the raw twelve, not scaled; `guide` takes any features as they are
 * @throws {RangeError} when the matrix has no rows, or its arrays disagree; when
 * a feature of a customer is infinite
 * @throws {TypeError} when the matrix has not the features that a preset is made of
 *
 * @example
 * ```ts
 * import { FEATURES, fitFeatures } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * const matrix = {
 *   customerIds: ["a", "b"],
 *   featureNames: FEATURES.map(({ name }) => name),
 *   data: new Float64Array(24).fill(1).fill(3, 0, 1),
 *   rows: 2,
 *   cols: 12,
 * };
 * const { scaler } = fitFeatures(matrix, "refined");
 * assert.equal(scaler.featureNames[0], "recency");
 * assert.deepEqual([scaler.mean[0], scaler.scale[0]], [2, 1]);
 * ```
 */
export function fitFeatures(matrix: CustomerMatrix, preset: PresetName): FittedFeatures {
  if (preset === "guide") return { preset, scaler: fitScaler(matrix) };
  assertMatrix(matrix, "fit features");
  const { featureNames, columns } = toPresetValues(matrix, preset);
  const moments = columns.map(momentsOfKnown);
  return {
    preset,
    scaler: toScaler({
      rows: matrix.rows,
      featureNames,
      mean: moments.map(({ mean }) => mean),
      variance: moments.map(({ variance }) => variance),
    }),
  };
}

/** Of the values that are there; 0 and 0 where none is. */
function momentsOfKnown(values: Float64Array): { mean: number; variance: number } {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return { mean: 0, variance: 0 };
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / known.length };
}
