import { FeiraError } from "feira/workspace";
import type { FeatureProfile, SegmentProfile } from "./profile_segments.ts";

/** What a condition may ask of a feature. */
const MEASURES: Record<string, (feature: FeatureProfile) => number> = {
  mean: (feature) => feature.mean,
  median: (feature) => feature.median,
  q25: (feature) => feature.q25,
  q75: (feature) => feature.q75,
  mean_z: (feature) => feature.meanZ,
  effect: (feature) => feature.effect,
  mean_ratio: (feature) => feature.meanRatio,
  median_ratio: (feature) => feature.medianRatio,
};

/** What a condition may ask of the whole segment. */
const SHARES: Record<string, (profile: SegmentProfile) => number> = {
  customer_share: (profile) => profile.share,
  revenue_share: (profile) => profile.revenueShare,
};

const COMPARE: Record<string, (value: number, limit: number) => boolean> = {
  ">=": (value, limit) => value >= limit,
  "<=": (value, limit) => value <= limit,
  ">": (value, limit) => value > limit,
  "<": (value, limit) => value < limit,
};

const CONDITION = /^(\w+)\((\w*)\)\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)$/;

/** A condition with the segment's own figure. */
export interface Evidence {
  /** The condition, such as `median(frequency) >= 2`. */
  readonly claim: string;
  /** The segment's figure for its left side. */
  readonly value: number;
  readonly holds: boolean;
}

/**
 * Checks conditions against a segment, such as
 * `median(frequency) >= 2; mean_z(monetary) > 1; customer_share() >= 0.5`.
 *
 * Of a feature: `mean`, `median`, `q25`, `q75`, `mean_z` (standard deviations
 * from everyone's mean), `effect` (from the others' mean), `mean_ratio` and
 * `median_ratio` (as a share of everyone's). Of the segment: `customer_share()`
 * and `revenue_share()`. A figure that is not a number never holds.
 *
 * @throws {FeiraError} `data` when a condition cannot be read or names an unknown feature
 */
export function checkConditions(conditions: string, profile: SegmentProfile): Evidence[] {
  return conditions.split(";").map((text) => text.trim()).filter((text) => text !== "").map(
    (claim) => {
      const { measure, feature, compare, limit } = parseCondition(claim);
      const value = measureOf(profile, { claim, measure, feature });
      return { claim, value, holds: COMPARE[compare]!(value, limit) };
    },
  );
}

/** A condition taken apart. */
export interface Condition {
  readonly measure: string;
  /** Empty for measures of the whole segment. */
  readonly feature: string;
  readonly compare: string;
  readonly limit: number;
}

/** @throws {FeiraError} `data` when it is no condition */
export function parseCondition(claim: string): Condition {
  const [, measure, feature, compare, limit] = claim.match(CONDITION) ?? [];
  if (measure === undefined) throw toError(claim, "must be like median(frequency) >= 2");
  return { measure, feature: feature!, compare: compare!, limit: Number(limit) };
}

function measureOf(
  profile: SegmentProfile,
  { claim, measure, feature }: { claim: string; measure: string; feature: string },
): number {
  if (feature === "" && Object.hasOwn(SHARES, measure)) return SHARES[measure]!(profile);
  const find = Object.hasOwn(MEASURES, measure) ? MEASURES[measure] : undefined;
  if (find === undefined || feature === "") {
    const known = [...Object.keys(MEASURES), ...Object.keys(SHARES)].join(", ");
    throw toError(claim, `must measure one of ${known}`);
  }
  const found = profile.features.find(({ name }) => name === feature);
  if (found === undefined) {
    const known = profile.features.map(({ name }) => name).join(", ");
    throw toError(claim, `must name one of ${known}`);
  }
  return find(found);
}

function toError(claim: string, must: string): FeiraError {
  return new FeiraError("data", `Cannot check archetype: found condition "${claim}", ${must}`);
}
