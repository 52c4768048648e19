import { adjustedRand } from "feira/cluster";
import { unsafeUniformIntDistribution, xoroshiro128plus } from "pure-rand";
import type { Interval, LevelStability } from "./segment_stability.ts";

/** Hennig's bound of a valid, stable cluster. */
const STABLE_JACCARD = 0.75;

/** One draw of the customers, and what all are grouped into by it. */
export interface Bootstrap {
  /** Row numbers, with repeats. */
  readonly drawn: Int32Array;
  /** `[rows]`: group of every customer, drawn or not. */
  readonly labels: Int32Array;
}

/** As many rows as there are, with putting back. */
export function drawCustomers(rows: number, seed: number): Int32Array {
  const random = xoroshiro128plus(seed);
  return Int32Array.from(
    { length: rows },
    () => unsafeUniformIntDistribution(0, rows - 1, random),
  );
}

/** What the bootstraps say of the segments `ids`, whose customers have the labels 0..k - 1. */
export function toLevelStability(
  { ids, labels, bootstraps, seedRands }: {
    readonly ids: readonly number[];
    readonly labels: Int32Array;
    readonly bootstraps: readonly Bootstrap[];
    readonly seedRands: readonly number[];
  },
): LevelStability {
  const jaccards = bootstraps.map((bootstrap) => jaccardsOf(labels, bootstrap, ids.length));
  const rands = bootstraps.map((bootstrap) => adjustedRand(labels, bootstrap.labels));
  return {
    segments: ids.map((id, label) => {
      const jaccard = toInterval(jaccards.map((values) => values[label]!));
      return { id, jaccard, isTrustworthy: jaccard.mean >= STABLE_JACCARD };
    }),
    bootstrapRand: { ...toInterval(rands), least: Math.min(...rands) },
    seedRand: { ...toInterval(seedRands), least: Math.min(...seedRands) },
  };
}

/** Each segment's greatest Jaccard similarity, over the drawn customers, each once. */
function jaccardsOf(labels: Int32Array, { drawn, labels: others }: Bootstrap, k: number): number[] {
  const otherK = Math.max(...new Set(others)) + 1;
  const sizes = new Int32Array(k);
  const otherSizes = new Int32Array(otherK);
  const both = new Int32Array(k * otherK);
  for (const row of new Set(drawn)) {
    sizes[labels[row]!]! += 1;
    otherSizes[others[row]!]! += 1;
    both[labels[row]! * otherK + others[row]!]! += 1;
  }
  return Array.from(sizes, (size, label) => {
    const shares = Array.from(otherSizes, (otherSize, other) => {
      const shared = both[label * otherK + other]!;
      return shared === 0 ? 0 : shared / (size + otherSize - shared);
    });
    return Math.max(...shares);
  });
}

/** 95% percentile interval, by linear interpolation. */
function toInterval(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
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
