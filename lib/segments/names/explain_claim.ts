import { type Feature, FEATURES } from "feira/features";
import { parseCondition } from "./conditions.ts";

/** A claim in words: what is measured, and what it must be. */
export interface ExplainedClaim {
  readonly measured: string;
  readonly must: string;
}

const SUBJECTS: Readonly<Record<string, (feature: Feature) => string>> = {
  mean: ({ label, unit }) => `Mean ${small(label)}, ${unit}`,
  median: ({ label, unit }) => `Median ${small(label)}, ${unit}`,
  q25: ({ label, unit }) => `Lower quartile of ${small(label)}, ${unit}`,
  q75: ({ label, unit }) => `Upper quartile of ${small(label)}, ${unit}`,
  mean_z: ({ label }) => `Mean ${small(label)}, SDs above all customers'`,
  effect: ({ label }) => `Mean ${small(label)}, SDs above other customers'`,
  mean_ratio: ({ label }) => `Mean ${small(label)}, times all customers'`,
  median_ratio: ({ label }) => `Median ${small(label)}, times all customers'`,
  customer_share: () => "Share of all customers",
  revenue_share: () => "Share of all revenue",
};

const REQUIREMENTS: Readonly<Record<string, string>> = {
  ">=": "at least",
  "<=": "at most",
  ">": "above",
  "<": "below",
};

/**
 * Says a condition of an archetype in words.
 *
 * @throws {FeiraError} `data` when it cannot be read.
 *
 * @example
 * ```ts
 * import { explainClaim } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(explainClaim("q25(monetary) >= 200"), {
 *   measured: "Lower quartile of monetary value, BRL",
 *   must: "at least 200",
 * });
 * ```
 */
export function explainClaim(claim: string): ExplainedClaim {
  const { measure, feature, compare, limit } = parseCondition(claim);
  const known = FEATURES.find(({ name }) => name === feature) ??
    { name: feature, label: feature, unit: "", description: "" };
  return {
    measured: SUBJECTS[measure]?.(known) ?? claim,
    must: `${REQUIREMENTS[compare]} ${limit}`,
  };
}

function small(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
