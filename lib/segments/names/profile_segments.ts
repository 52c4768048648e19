import type { CustomerMatrix } from "feira/features";
import type { Subdivision } from "../levels/subdivision.ts";
import { type Distribution, toDistribution } from "./_distribution.ts";
import { compareFeature, type FeatureProfile } from "./compare_feature.ts";

/** What a segment is, by its own numbers. */
export interface SegmentProfile {
  readonly id: number;
  readonly level: 1 | 2;
  /** The segment of level 1 that this is a part of; absent on level 1. */
  readonly parentId?: number;
  readonly customers: number;
  /** Of all customers, 0..1. */
  readonly share: number;
  /** Of the sum of `monetary` over all customers, 0..1. */
  readonly revenueShare: number;
  readonly features: readonly FeatureProfile[];
}

/** More of what {@linkcode profileSegments} profiles. */
export interface ProfileOptions {
  /** Whose parts are profiled too, after the segments and by their published ids. */
  readonly subdivisions?: readonly Subdivision[];
}

/**
 * A mean over nothing is no value: the features that are one, each with the
 * feature that says over how much.
 */
const COUNTED_BY: Readonly<Record<string, string>> = {
  avg_order_value: "total_order_items",
  avg_product_category_value: "total_order_items",
  avg_payment_installments: "avg_payment_installments",
  avg_review_score: "num_reviews",
};

/**
 * Describes every segment of either level by its customers' features.
 *
 * Both levels are compared with the whole market, so that "recent" or "twice as
 * much" means the same wherever it is read. A customer who has no value (the
 * matrix has 0 there), such as the score of no review, counts in none of a
 * feature's statistics. Quartiles interpolate linearly between the two nearest
 * values, as numpy and DuckDB's quantile_cont.
 *
 * O(cols · rows · log rows); keeps every value twice per level, sorted.
 *
 * @param matrix raw features, not scaled; must have `monetary`
 * @param labels `[rows]`: segment of each customer, 0..k - 1
 * @returns segments 0..k - 1, then the parts of each subdivision
 * @throws {TypeError} when lengths differ, or there is no feature `monetary`
 *
 * @example
 * ```ts
 * import { profileSegments } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const matrix = {
 *   customerIds: ["a", "b", "c"], featureNames: ["monetary"],
 *   data: Float64Array.of(10, 20, 70), rows: 3, cols: 1,
 * };
 * const [first, second] = profileSegments(matrix, Int32Array.of(0, 0, 1));
 * assert.equal(first!.features[0]!.median, 15);
 * assert.equal(first!.features[0]!.delta, -1);
 * assert.equal(second!.revenueShare, 0.7);
 * ```
 */
export function profileSegments(
  matrix: CustomerMatrix,
  labels: Int32Array | readonly number[],
  { subdivisions = [] }: ProfileOptions = {},
): SegmentProfile[] {
  const { rows, featureNames } = matrix;
  if (labels.length !== rows) {
    throw new TypeError(`Cannot profile segments: found ${labels.length} labels, must be ${rows}`);
  }
  const monetary = featureNames.indexOf("monetary");
  if (monetary < 0) {
    throw new TypeError(
      `Cannot profile segments: found features ${featureNames.join(", ")}, must have monetary`,
    );
  }
  const everyone = distributionsOf(matrix, Array.from({ length: rows }, (_, row) => row));
  const profile = (own: readonly number[]) => ({
    customers: own.length,
    share: own.length / rows,
    ...toFigures(featureNames, distributionsOf(matrix, own), { everyone, monetary }),
  });
  const byLabel = groupRows(labels, Array.from(labels, (_, row) => row));
  return [
    ...byLabel.map((own, id) => ({ id, level: 1 as const, ...profile(own) })),
    ...subdivisions.flatMap(({ parent, rows, labels, ids }) => {
      const parts = groupRows(labels, rows);
      return ids.map((id, at) => ({
        id,
        level: 2 as const,
        parentId: parent,
        ...profile(parts[at] ?? []),
      }));
    }),
  ];
}

/** The rows of each label, 0 and up; empty for a label that nobody has. */
function groupRows(
  labels: ArrayLike<number>,
  rows: ArrayLike<number>,
): number[][] {
  const groups: number[][] = [];
  for (let at = 0; at < labels.length; at++) (groups[labels[at]!] ??= []).push(rows[at]!);
  return Array.from(groups, (own = []) => own);
}

/** `[cols]`: each feature's values among some customers. */
function distributionsOf(matrix: CustomerMatrix, customers: readonly number[]): Distribution[] {
  const { data, cols, featureNames } = matrix;
  return featureNames.map((name, feature) => {
    const counter = featureNames.indexOf(COUNTED_BY[name] ?? name);
    const known = COUNTED_BY[name] === undefined || counter < 0
      ? customers
      : customers.filter((row) => data[row * cols + counter]! > 0);
    const values = Float64Array.from(known, (row) => data[row * cols + feature]!);
    return toDistribution(values, customers.length);
  });
}

function toFigures(
  names: readonly string[],
  own: readonly Distribution[],
  { everyone, monetary }: { everyone: readonly Distribution[]; monetary: number },
): Pick<SegmentProfile, "revenueShare" | "features"> {
  return {
    revenueShare: own[monetary]!.sum / everyone[monetary]!.sum,
    features: names.map((name, at) => compareFeature(name, own[at]!, everyone[at]!)),
  };
}
