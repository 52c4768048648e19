import { toPresetValues } from "./_preset_values.ts";
import type { CustomerMatrix } from "./customer_matrix.ts";
import { toSql } from "./expression.ts";
import type { Feature } from "./features.ts";
import type { PresetName } from "./fitted_features.ts";
import { PRESETS } from "./presets.ts";
import { summariseFeatures } from "./summarise_features.ts";

/** A preset's feature, and what became of the one that it tells. */
export interface DescribedFeature extends Feature {
  /** Which of the twelve it tells. */
  readonly from: string;
  /** How it is computed, as SQL. */
  readonly sql: string;
  /** Share of customers who do not have it, 0..1. */
  readonly missing: number;
  /** Third standardised moment of `from`, a missing value being 0; NaN where it is constant. */
  readonly skewnessBefore: number;
  /** Of the feature, over the customers who have it. */
  readonly skewness: number;
}

/**
 * What a preset's features are, and how much of the tail each leaves.
 *
 * @param matrix the raw twelve, not scaled
 * @throws {RangeError} when the matrix has no rows or its arrays disagree, or a
 * feature of a customer is infinite
 * @throws {TypeError} when the matrix has not the features that the preset is made of
 *
 * @example
 * ```ts
 * import { describePreset, FEATURES } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * const matrix = {
 *   customerIds: ["a"], featureNames: FEATURES.map(({ name }) => name),
 *   data: new Float64Array(12), rows: 1, cols: 12,
 * };
 * const score = describePreset(matrix, "refined").at(-1)!;
 * assert.deepEqual([score.from, score.missing], ["avg_review_score", 1]);
 * ```
 */
export function describePreset(matrix: CustomerMatrix, preset: PresetName): DescribedFeature[] {
  const before = new Map(summariseFeatures(matrix).map((summary) => [summary.name, summary]));
  const { columns } = toPresetValues(matrix, preset);
  return PRESETS[preset].map(({ expression, ...feature }, at) => {
    const known = columns[at]!.filter((value) => !Number.isNaN(value));
    return {
      ...feature,
      sql: toSql(expression),
      missing: 1 - known.length / matrix.rows,
      skewnessBefore: before.get(feature.from)!.skewness,
      skewness: known.length === 0 ? NaN : skewnessOf(known),
    };
  });
}

function skewnessOf(values: Float64Array): number {
  const [summary] = summariseFeatures({
    customerIds: [],
    featureNames: ["value"],
    data: values,
    rows: values.length,
    cols: 1,
  });
  return summary!.skewness;
}
