import { describeSpread, type Spread } from "./describe_spread.ts";
import type { FeatureComparison } from "./compare_features.ts";
import { PORTRAIT_FEATURES, type PortraitFeatureName } from "./portrait_features.ts";
import type { Portrait } from "./portray_segments.ts";

/** Segments beside each other, as `spreadsFigure` of `feira/plots` draws them, but for colours. */
export interface SideBySide {
  readonly features: readonly {
    readonly label: string;
    readonly unit: string;
    readonly log: boolean;
  }[];
  /** Spreads in the order of `features`. */
  readonly groups: readonly {
    readonly id: number;
    readonly name: string;
    readonly spreads: readonly Spread[];
  }[];
}

/** In the place of a spread that less than half of the customers have: it would not be theirs. */
const NOTHING = describeSpread(new Float64Array());

/** What is typical of the segment's customers; nothing where less than half of them have a value. */
export function spreadToShow({ own }: FeatureComparison, { segment }: Portrait): Spread {
  return own.count * 2 < segment.customers ? NOTHING : own;
}

/**
 * Puts segments beside each other by some features.
 *
 * @param names which features, in the order of {@linkcode PORTRAIT_FEATURES}
 */
export function sideBySide(
  portraits: readonly Portrait[],
  names: readonly PortraitFeatureName[],
): SideBySide {
  const isAsked = ({ name }: { readonly name: PortraitFeatureName }) => names.includes(name);
  return {
    features: PORTRAIT_FEATURES.filter(isAsked)
      .map(({ label, unit, isHeavyTailed }) => ({ label, unit, log: isHeavyTailed })),
    groups: portraits.map((portrait) => ({
      id: portrait.segment.id,
      name: portrait.segment.name,
      spreads: portrait.features.filter(isAsked).map((feature) => spreadToShow(feature, portrait)),
    })),
  };
}
