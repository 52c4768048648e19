import { type Comparison, type Condition, conditionError } from "./_condition.ts";
import { countBelow, type Distribution } from "./_distribution.ts";
import type { FeatureProfile } from "./compare_feature.ts";
import type { SegmentProfile } from "./profile_segments.ts";

/** The figure that a condition asks for, and what a reader compares it with. */
export interface Measured {
  readonly value: number;
  /** The same measure of all customers. */
  readonly everyone: number;
  /** What a relative measure puts side by side, in the feature's own unit. */
  readonly compared?: { readonly segment: number; readonly reference: number };
}

/** Of a feature's distribution, so of everyone's as well. */
const STATISTICS: Readonly<Record<string, (values: Distribution, counted?: Comparison) => number>> =
  {
    mean: ({ mean }) => mean,
    median: ({ median }) => median,
    q25: ({ q25 }) => q25,
    q75: ({ q75 }) => q75,
    known_share: ({ knownShare }) => knownShare,
    share_of: ({ values }, counted) => shareOf(values, counted!),
  };

/** Of a feature against everyone or the others; with what all customers together would have. */
const RELATIVE: Readonly<
  Record<string, {
    readonly everyone: number;
    readonly value: (feature: FeatureProfile) => number;
    readonly statistic: "mean" | "median";
  }>
> = {
  mean_ratio: { everyone: 1, value: ({ meanRatio }) => meanRatio, statistic: "mean" },
  median_ratio: { everyone: 1, value: ({ medianRatio }) => medianRatio, statistic: "median" },
  mean_z: { everyone: 0, value: ({ meanZ }) => meanZ, statistic: "mean" },
  effect: { everyone: 0, value: ({ effect }) => effect, statistic: "mean" },
  delta: { everyone: 0, value: ({ delta }) => delta, statistic: "median" },
};

/** Of the whole segment; of all customers each is 1. */
const OF_SEGMENT: Readonly<Record<string, (profile: SegmentProfile) => number>> = {
  customer_share: ({ share }) => share,
  revenue_share: ({ revenueShare }) => revenueShare,
  revenue_ratio: ({ share, revenueShare }) => revenueShare / share,
};

const KNOWN = [STATISTICS, RELATIVE, OF_SEGMENT].flatMap(Object.keys).join(", ");

/**
 * Measures what a condition asks for.
 *
 * @param claim for errors
 * @throws {FeiraError} `data` when there is no such measure or feature
 */
export function measureOf(profile: SegmentProfile, condition: Condition, claim: string): Measured {
  const { measure, feature: name, counted } = condition;
  if (name === "" && Object.hasOwn(OF_SEGMENT, measure)) {
    return { value: OF_SEGMENT[measure]!(profile), everyone: 1 };
  }
  const statistic = Object.hasOwn(STATISTICS, measure) ? STATISTICS[measure] : undefined;
  const relative = Object.hasOwn(RELATIVE, measure) ? RELATIVE[measure] : undefined;
  if (name === "" || (statistic ?? relative) === undefined) {
    throw conditionError(claim, `must measure one of ${KNOWN}`);
  }
  const feature = profile.features.find((each) => each.name === name);
  if (feature === undefined) {
    const known = profile.features.map((each) => each.name).join(", ");
    throw conditionError(claim, `must name one of ${known}`);
  }
  if (statistic !== undefined) {
    return { value: statistic(feature, counted), everyone: statistic(feature.everyone, counted) };
  }
  return {
    value: relative!.value(feature),
    everyone: relative!.everyone,
    compared: {
      segment: feature[relative!.statistic],
      reference: feature.everyone[relative!.statistic],
    },
  };
}

/** NaN where there are no values. */
function shareOf(values: Float64Array, { sign, limit }: Comparison): number {
  const isBelow = sign === "<" || sign === "<=";
  const below = countBelow(values, limit, { orAt: sign === "<=" || sign === ">" });
  return (isBelow ? below : values.length - below) / values.length;
}
