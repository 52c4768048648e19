import { assertMatrix, isConstant, momentsOf } from "./_check.ts";
import type { CustomerMatrix } from "./customer_matrix.ts";

/** What turns features into z-scores, and back. */
export interface Scaler {
  /** `[cols]`, of the matrix it was fitted on. */
  readonly featureNames: readonly string[];
  /** `[cols]`, in the features' units. */
  readonly mean: Float64Array;
  /** `[cols]`, population standard deviation (ddof 0), or 1 for a constant column. */
  readonly scale: Float64Array;
  /** Columns with one value, which only get centred: they say nothing about customers. */
  readonly constantFeatures: readonly string[];
}

/**
 * Learns each feature's mean and population standard deviation.
 *
 * The same figures as scikit-learn's StandardScaler, also in what it takes for
 * constant.
 *
 * @param matrix `[rows × cols]`, finite.
 * @throws {RangeError} when the matrix has no rows, or its arrays disagree.
 *
 * @example
 * ```ts
 * import { fitScaler } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * const scaler = fitScaler({
 *   customerIds: ["a", "b"],
 *   featureNames: ["recency", "frequency"],
 *   data: Float64Array.of(10, 1, 30, 1),
 *   rows: 2,
 *   cols: 2,
 * });
 * assert.deepEqual([...scaler.mean], [20, 1]);
 * assert.deepEqual([...scaler.scale], [10, 1]);
 * assert.deepEqual(scaler.constantFeatures, ["frequency"]);
 * ```
 */
export function fitScaler(matrix: CustomerMatrix): Scaler {
  assertMatrix(matrix, "fit scaler");
  const { rows, featureNames } = matrix;
  return toScaler({ rows, featureNames, ...momentsOf(matrix) });
}

/** What a {@linkcode Scaler} follows from. */
export interface Moments {
  readonly rows: number;
  /** `[cols]` */
  readonly featureNames: readonly string[];
  /** `[cols]`, in the features' units. */
  readonly mean: readonly number[];
  /** `[cols]`, of the population (ddof 0), at least 0. */
  readonly variance: readonly number[];
}

/**
 * The scaler of moments that were taken elsewhere, such as in a warehouse; what
 * counts as constant is decided as by {@linkcode fitScaler}.
 *
 * @example
 * ```ts
 * import { toScaler } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * const moments = { rows: 2, featureNames: ["recency"], mean: [20], variance: [100] };
 * assert.deepEqual([...toScaler(moments).scale], [10]);
 * ```
 */
export function toScaler({ rows, featureNames, mean, variance }: Moments): Scaler {
  const isFlat = variance.map((v, col) => isConstant({ mean: mean[col]!, variance: v, rows }));
  return {
    featureNames: [...featureNames],
    mean: Float64Array.from(mean),
    scale: Float64Array.from(variance, (v, col) => isFlat[col] ? 1 : Math.sqrt(v)),
    constantFeatures: featureNames.filter((_, col) => isFlat[col]),
  };
}
