import type { CustomerMatrix } from "feira/features";

/** One feature of one segment, in the feature's own unit. */
export interface FeatureProfile {
  readonly name: string;
  readonly mean: number;
  readonly median: number;
  readonly q25: number;
  readonly q75: number;
  /** (mean − everyone's mean) / everyone's standard deviation; 0 where that is 0. */
  readonly meanZ: number;
  /** (mean − mean of all other customers) / everyone's standard deviation. */
  readonly effect: number;
  /** Mean and median as a share of everyone's; NaN where that is 0. */
  readonly meanRatio: number;
  readonly medianRatio: number;
}

/** What a segment is, by its own numbers. */
export interface SegmentProfile {
  readonly id: number;
  readonly customers: number;
  /** Of all customers, 0..1. */
  readonly share: number;
  /** Of the sum of `monetary`, 0..1. */
  readonly revenueShare: number;
  readonly features: readonly FeatureProfile[];
}

/**
 * Describes every segment by its customers' features. Quartiles interpolate
 * linearly between the two nearest values, as numpy and DuckDB's quantile_cont.
 *
 * @param matrix raw features, not scaled; must have `monetary`
 * @param labels `[rows]`: segment of each customer, 0..k - 1
 * @throws {TypeError} when lengths differ, or there is no feature `monetary`
 *
 * @example
 * ```ts
 * import { profileSegments } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const matrix = {
 *   customerIds: ["a", "b", "c"], featureNames: ["monetary"],
 *   data: Float64Array.of(10, 20, 70), rows: 3, cols: 1,
 * };
 * const [first, second] = profileSegments(matrix, Int32Array.of(0, 0, 1));
 * assert.equal(first!.features[0]!.median, 15);
 * assert.equal(second!.revenueShare, 0.7);
 * ```
 */
export function profileSegments(
  matrix: CustomerMatrix,
  labels: Int32Array | readonly number[],
): SegmentProfile[] {
  const { rows, cols, featureNames } = matrix;
  if (labels.length !== rows) {
    throw new TypeError(`Cannot profile segments: found ${labels.length} labels, must be ${rows}`);
  }
  const monetary = featureNames.indexOf("monetary");
  if (monetary < 0) {
    throw new TypeError(
      `Cannot profile segments: found features ${featureNames.join(", ")}, must have monetary`,
    );
  }
  const members: number[][] = [];
  for (let i = 0; i < rows; i++) (members[labels[i]!] ??= []).push(i);
  const everyone = Array.from({ length: cols }, (_, d) => describe(matrix, d));
  return Array.from(members, (own = [], id) => ({
    id,
    customers: own.length,
    share: own.length / rows,
    revenueShare: sumOf(matrix, monetary, own) / everyone[monetary]!.sum,
    features: featureNames.map((name, d) => {
      const { sum, mean, median, q25, q75 } = describe(matrix, d, own);
      const all = everyone[d]!;
      const restMean = (all.sum - sum) / (rows - own.length);
      const inDeviations = (from: number) => all.sd === 0 ? 0 : (mean - from) / all.sd;
      return {
        name,
        mean,
        median,
        q25,
        q75,
        meanZ: inDeviations(all.mean),
        effect: own.length === rows ? 0 : inDeviations(restMean),
        meanRatio: mean / (all.mean || NaN),
        medianRatio: median / (all.median || NaN),
      };
    }),
  }));
}

interface Description {
  readonly sum: number;
  readonly mean: number;
  readonly sd: number;
  readonly median: number;
  readonly q25: number;
  readonly q75: number;
}

function describe(matrix: CustomerMatrix, feature: number, members?: number[]): Description {
  const { data, rows, cols } = matrix;
  const values = members === undefined
    ? Float64Array.from({ length: rows }, (_, i) => data[i * cols + feature]!)
    : Float64Array.from(members, (i) => data[i * cols + feature]!);
  values.sort();
  const sum = values.reduce((total, value) => total + value, 0);
  const mean = sum / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return {
    sum,
    mean,
    sd: Math.sqrt(squares / values.length),
    median: quantile(values, 0.5),
    q25: quantile(values, 0.25),
    q75: quantile(values, 0.75),
  };
}

function sumOf({ data, cols }: CustomerMatrix, feature: number, members: number[]): number {
  return members.reduce((sum, i) => sum + data[i * cols + feature]!, 0);
}

function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}
