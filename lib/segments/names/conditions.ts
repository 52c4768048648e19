import { holds, parseCondition, splitConditions } from "./_condition.ts";
import { type Measured, measureOf } from "./_measures.ts";
import type { SegmentProfile } from "./profile_segments.ts";

/** A condition with the segment's own figure, and everyone's beside it. */
export interface Evidence extends Measured {
  /** The condition, such as `median(frequency) >= 2`. */
  readonly claim: string;
  readonly holds: boolean;
}

/**
 * Checks conditions against a segment, such as
 * `share_of(frequency >= 2) >= 0.75; delta(monetary) > 0.33; customer_share() >= 0.5`.
 *
 * Of a feature, over the segment's customers who have a value: `mean`,
 * `median`, `q25`, `q75` in its unit; `share_of(feature >= x)`, the share of them
 * whose value is so; `mean_ratio` and `median_ratio`, as a multiple of
 * everyone's; `delta`, Cliff's delta against the others; `mean_z` and `effect`,
 * standard deviations from everyone's and from the others' mean; and
 * `known_share`, how many have a value at all. Of the segment:
 * `customer_share()`, `revenue_share()` and `revenue_ratio()`, revenue per
 * customer as a multiple of everyone's. A figure that is not a number never
 * holds.
 *
 * @throws {FeiraError} `data` when a condition cannot be read or names an unknown feature
 *
 * @example
 * ```ts
 * import { checkConditions, profileSegments } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const matrix = {
 *   customerIds: ["a", "b", "c"], featureNames: ["monetary"],
 *   data: Float64Array.of(10, 20, 90), rows: 3, cols: 1,
 * };
 * const [, rich] = profileSegments(matrix, [0, 0, 1]);
 * assert.deepEqual(checkConditions("share_of(monetary >= 50) >= 0.75", rich!), [
 *   { claim: "share_of(monetary >= 50) >= 0.75", value: 1, everyone: 1 / 3, holds: true },
 * ]);
 * ```
 */
export function checkConditions(conditions: string, profile: SegmentProfile): Evidence[] {
  return splitConditions(conditions).map((claim) => {
    const condition = parseCondition(claim);
    const measured = measureOf(profile, condition, claim);
    return { claim, ...measured, holds: holds(measured.value, condition) };
  });
}
