import { unsafeUniformIntDistribution, xoroshiro128plus } from "pure-rand";
import type { Interval, LevelStability, RandInterval } from "./segment_stability.ts";

/** Hennig's bound of a valid, stable cluster. */
const STABLE_JACCARD = 0.75;

/** As many rows as there are, with putting back. */
export function drawRows(rows: number, seed: number): Int32Array {
  const random = xoroshiro128plus(seed);
  return Int32Array.from(
    { length: rows },
    () => unsafeUniformIntDistribution(0, rows - 1, random),
  );
}

/** What a clustering is compared with: that of each draw, and that from each other seed. */
export interface Comparisons {
  /** `[k]`: published ids of the labels 0..k - 1. */
  readonly ids: readonly number[];
  /** `[resamples][k]` */
  readonly jaccards: readonly (readonly number[])[];
  /** `[resamples]` */
  readonly bootstrapRands: readonly number[];
  /** `[seeds]` */
  readonly seedRands: readonly number[];
}

/** Sums comparisons up by means and 95% percentile intervals. */
export function toLevelStability(
  { ids, jaccards, bootstrapRands, seedRands }: Comparisons,
): LevelStability {
  return {
    segments: ids.map((id, label) => {
      const jaccard = toInterval(jaccards.map((values) => values[label]!));
      return { id, jaccard, isTrustworthy: jaccard.mean >= STABLE_JACCARD };
    }),
    bootstrapRand: toRandInterval(bootstrapRands),
    seedRand: toRandInterval(seedRands),
  };
}

function toRandInterval(rands: readonly number[]): RandInterval {
  return { ...toInterval(rands), least: rands.length === 0 ? NaN : Math.min(...rands) };
}

/** Quantiles interpolate linearly (Hyndman and Fan's type 7); NaN of no values. */
function toInterval(values: readonly number[]): Interval {
  if (values.length === 0) return { mean: NaN, low: NaN, high: NaN };
  const sorted = values.toSorted((a, b) => a - b);
  const quantile = (share: number) => {
    const at = (sorted.length - 1) * share;
    const low = sorted[Math.floor(at)]!;
    return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
  };
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: quantile(0.025),
    high: quantile(0.975),
  };
}
