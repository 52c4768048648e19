import { quantile } from "../names/_distribution.ts";

/** How values spread, in their own unit; all NaN where there is none. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly p5: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly p95: number;
}

/**
 * Describes values by what a long tail does not move: quartiles, and the values
 * that one in twenty lies below or above. Quantiles interpolate linearly
 * (Hyndman and Fan's type 7, numpy's default). O(n log n).
 *
 * @param values any order, finite; not changed
 *
 * @example
 * ```ts
 * import { describeSpread } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const { median, p95 } = describeSpread(Float64Array.of(9, 1, 2, 3, 100));
 * assert.deepEqual([median, Math.round(p95)], [3, 82]);
 * ```
 */
export function describeSpread(values: Float64Array): Spread {
  const sorted = values.toSorted();
  return {
    count: sorted.length,
    mean: sorted.reduce((sum, value) => sum + value, 0) / (sorted.length || NaN),
    p5: quantile(sorted, 0.05),
    q25: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    q75: quantile(sorted, 0.75),
    p95: quantile(sorted, 0.95),
  };
}
