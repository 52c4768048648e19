import { type Feature, FEATURES } from "feira/features";
import { type Comparison, parseCondition, type Sign } from "./_condition.ts";
import type { ExplainedClaim } from "./explain_claim.ts";

type Subject = Pick<ExplainedClaim, "measured" | "unit">;

const SUBJECTS: Readonly<
  Record<string, (feature: Feature, counted?: Comparison) => Subject>
> = {
  mean: ({ label, unit }) => ({ measured: `Mean ${small(label)}, ${unit}`, unit }),
  median: ({ label, unit }) => ({ measured: `Median ${small(label)}, ${unit}`, unit }),
  q25: ({ label, unit }) => ({ measured: `Lower quartile of ${small(label)}, ${unit}`, unit }),
  q75: ({ label, unit }) => ({ measured: `Upper quartile of ${small(label)}, ${unit}`, unit }),
  share_of: ({ label, unit }, counted) => ({
    measured: `Share of customers with ${small(label)} of ${
      say(counted!, unitBeside(label, unit))
    }`,
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
    measured: `${label}: how much more often above another customer's than below, of all pairs`,
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

/** A claim in words, and the unit of its feature. */
export interface ClaimWords extends ExplainedClaim {
  /** Empty for measures of the whole segment. */
  readonly featureUnit: string;
}

/** @throws {FeiraError} `data` when the claim cannot be read */
export function toWords(claim: string): ClaimWords {
  const { measure, feature, counted, ...comparison } = parseCondition(claim);
  const known = FEATURES.find(({ name }) => name === feature) ??
    { name: feature, label: feature, unit: "", description: "" };
  const { measured, unit } = SUBJECTS[measure]?.(known, counted) ?? { measured: claim, unit: "" };
  return {
    measured,
    must: say(comparison, unit === "share" ? unit : ""),
    unit,
    featureUnit: known.unit,
  };
}

/** A figure to three significant digits with its unit; a ratio has two decimals, so that 1 is one too. */
export function sayFigure(value: number, unit: string): string {
  if (unit === "times") return `${value.toFixed(2)} times`;
  if (unit === "share") return `${Number((value * 100).toPrecision(3))}%`;
  const figure = Number(value.toPrecision(3));
  const isOne = figure === 1 && FEATURES.some((feature) => feature.unit === unit);
  return `${figure} ${isOne ? unit.replace(/s$/, "") : unit}`.trim();
}

/** A unit that the label names already is not said again. */
function unitBeside(label: string, unit: string): string {
  return label.toLowerCase().includes(unit) ? "" : unit;
}

function say({ sign, limit }: Comparison, unit = ""): string {
  return `${REQUIREMENTS[sign]} ${sayFigure(limit, unit)}`;
}

function small(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

function article(label: string): string {
  return /^[AEIO]/.test(label) ? "an" : "a";
}
