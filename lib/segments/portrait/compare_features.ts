import { cliffsDelta } from "../names/_cliffs_delta.ts";
import { describeSpread, type Spread } from "./describe_spread.ts";
import {
  PORTRAIT_FEATURES,
  type PortraitFeature,
  type PortraitValues,
} from "./portrait_features.ts";

/** One feature of a segment beside that of all other customers. */
export interface FeatureComparison extends PortraitFeature {
  /** Customers without a value are left out of both. */
  readonly own: Spread;
  readonly others: Spread;
  /**
   * Cliff's delta, −1..1: of all pairs of one customer of the segment and one
   * other, the share in which the segment's has more, less the share in which it
   * has less. 0 where either side has no value.
   */
  readonly delta: number;
}

/**
 * Compares a segment's customers with all others, feature by feature, by what
 * heavy tails do not move: quantiles, and ranks. O(n log n) a feature.
 *
 * @param rows the segment's rows of `values`
 */
export function compareFeatures(values: PortraitValues, rows: Int32Array): FeatureComparison[] {
  const isOwn = new Uint8Array(values.recency.length);
  for (const row of rows) isOwn[row] = 1;
  return PORTRAIT_FEATURES.map((feature) => {
    const column = values[feature.name];
    const own = column.filter((value, row) => isOwn[row] === 1 && !isNaN(value));
    const others = column.filter((value, row) => isOwn[row] === 0 && !isNaN(value));
    const everyone = column.filter((value) => !isNaN(value)).sort();
    return {
      ...feature,
      own: describeSpread(own),
      others: describeSpread(others),
      delta: cliffsDelta(own.toSorted(), everyone),
    };
  });
}
