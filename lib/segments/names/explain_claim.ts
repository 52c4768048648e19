import { type Feature, FEATURES } from "feira/features";
import { type Comparison, parseCondition, type Sign } from "./_condition.ts";

/** A claim in words: what is measured, and what it must be. */
export interface ExplainedClaim {
  /** With its unit. */
  readonly measured: string;
  readonly must: string;
  /** What the figure counts; `share` is 0..1, told as a percentage. */
  readonly unit: string;
}

const SUBJECTS: Readonly<
  Record<string, (feature: Feature, counted?: Comparison) => Omit<ExplainedClaim, "must">>
> = {
  mean: ({ label, unit }) => ({ measured: `Mean ${small(label)}, ${unit}`, unit }),
  median: ({ label, unit }) => ({ measured: `Median ${small(label)}, ${unit}`, unit }),
  q25: ({ label, unit }) => ({ measured: `Lower quartile of ${small(label)}, ${unit}`, unit }),
  q75: ({ label, unit }) => ({ measured: `Upper quartile of ${small(label)}, ${unit}`, unit }),
  share_of: ({ label, unit }, counted) => ({
    measured: `Share of customers with ${small(label)} ${say(counted!)} ${unit}`,
    unit: "share",
  }),
  known_share: ({ label }) => ({
    measured: `Share of customers with ${article(label)} ${small(label)}`,
    unit: "share",
  }),
  mean_ratio: ({ label }) => ({
    measured: `Mean ${small(label)}, times all customers'`,
    unit: "times",
  }),
  median_ratio: ({ label }) => ({
    measured: `Median ${small(label)}, times all customers'`,
    unit: "times",
  }),
  mean_z: ({ label }) => ({
    measured: `Mean ${small(label)}, SDs above all customers'`,
    unit: "SDs",
  }),
  effect: ({ label }) => ({
    measured: `Mean ${small(label)}, SDs above other customers'`,
    unit: "SDs",
  }),
  delta: ({ label }) => ({
    measured: `${label}: how much more often above another customer's than below`,
    unit: "share",
  }),
  customer_share: () => ({ measured: "Share of all customers", unit: "share" }),
  revenue_share: () => ({ measured: "Share of all revenue", unit: "share" }),
  revenue_ratio: () => ({ measured: "Revenue per customer, times all customers'", unit: "times" }),
};

const REQUIREMENTS: Readonly<Record<Sign, string>> = {
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
 *   unit: "BRL",
 * });
 * assert.equal(explainClaim("share_of(frequency >= 2) >= 0.75").must, "at least 75%");
 * ```
 */
export function explainClaim(claim: string): ExplainedClaim {
  const { measure, feature, counted, ...comparison } = parseCondition(claim);
  const known = FEATURES.find(({ name }) => name === feature) ??
    { name: feature, label: feature, unit: "", description: "" };
  const { measured, unit } = SUBJECTS[measure]?.(known, counted) ?? { measured: claim, unit: "" };
  return { measured, must: say(comparison, unit), unit };
}

function say({ sign, limit }: Comparison, unit = ""): string {
  return `${REQUIREMENTS[sign]} ${
    unit === "share" ? `${Number((limit * 100).toPrecision(6))}%` : limit
  }`;
}

function small(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

function article(label: string): string {
  return /^[AEIO]/.test(label) ? "an" : "a";
}
