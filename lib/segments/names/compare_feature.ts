import { cliffsDelta } from "./_cliffs_delta.ts";
import type { Distribution } from "./_distribution.ts";

/**
 * One feature of one segment, in the feature's own unit, over the segment's
 * customers who have a value. `everyone` are all customers who have one,
 * "others" those of them outside the segment; on both levels.
 */
export interface FeatureProfile extends Distribution {
  readonly name: string;
  readonly everyone: Distribution;
  /** (mean − everyone's mean) / everyone's standard deviation; 0 where that is 0. */
  readonly meanZ: number;
  /** (mean − others' mean) / everyone's standard deviation; 0 where that is 0. */
  readonly effect: number;
  /**
   * Cliff's delta against the others, −1..1: how much more often a customer of the
   * segment is above another than below. Usual reading: from 0.147 small, from 0.33
   * medium, from 0.474 large (Romano et al. 2006).
   */
  readonly delta: number;
  /** Mean and median as a share of everyone's; NaN where that is 0. */
  readonly meanRatio: number;
  readonly medianRatio: number;
}

/**
 * Compares a segment's values of a feature with everyone's. O(rows) for sorted
 * values.
 *
 * @param own part of `everyone`
 */
export function compareFeature(
  name: string,
  own: Distribution,
  everyone: Distribution,
): FeatureProfile {
  const others = everyone.values.length - own.values.length;
  const othersMean = (everyone.sum - own.sum) / others;
  const inDeviations = (from: number) =>
    everyone.deviation === 0 ? 0 : (own.mean - from) / everyone.deviation;
  return {
    name,
    ...own,
    everyone,
    meanZ: inDeviations(everyone.mean),
    effect: others === 0 ? 0 : inDeviations(othersMean),
    delta: cliffsDelta(own.values, everyone.values),
    meanRatio: own.mean / (everyone.mean || NaN),
    medianRatio: own.median / (everyone.median || NaN),
  };
}
