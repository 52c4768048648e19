import { assertMatrix, isConstant, momentsOf } from "./_check.ts";
import type { CustomerMatrix } from "./customer_matrix.ts";

/** One feature over all customers, in the feature's unit. */
export interface FeatureSummary {
  readonly name: string;
  readonly count: number;
  readonly mean: number;
  /** Population standard deviation (ddof 0), as the scaler's. */
  readonly std: number;
  readonly min: number;
  /** Quartiles by linear interpolation (Hyndman and Fan's type 7, numpy's default). */
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
  /** Share of customers with 0, from 0 to 1. */
  readonly zeroShare: number;
  /** Third standardised moment (Fisher-Pearson g1, biased); NaN for a constant column. */
  readonly skewness: number;
}

/**
 * Summarises each feature. O(cols · rows log rows).
 *
 * @param matrix `[rows × cols]`, finite.
 * @throws {RangeError} when the matrix has no rows, or its arrays disagree.
 *
 * @example
 * ```ts
 * import { summariseFeatures } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * const [orders] = summariseFeatures({
 *   customerIds: ["a", "b", "c"],
 *   featureNames: ["frequency"],
 *   data: Float64Array.of(0, 1, 5),
 *   rows: 3,
 *   cols: 1,
 * });
 * assert.equal(orders?.mean, 2);
 * assert.equal(orders?.q3, 3);
 * ```
 */
export function summariseFeatures(matrix: CustomerMatrix): FeatureSummary[] {
  assertMatrix(matrix, "summarise features");
  const { rows, featureNames } = matrix;
  const { mean: means, variance: variances } = momentsOf(matrix);
  return featureNames.map((name, col) => {
    const sorted = columnOf(matrix, col).sort();
    const [mean, variance] = [means[col]!, variances[col]!];
    return {
      name,
      count: rows,
      mean,
      std: Math.sqrt(variance),
      min: sorted[0]!,
      q1: quantile(sorted, 0.25),
      median: quantile(sorted, 0.5),
      q3: quantile(sorted, 0.75),
      max: sorted[rows - 1]!,
      zeroShare: sorted.filter((value) => value === 0).length / rows,
      skewness: isConstant({ mean, variance, rows }) ? NaN : skewnessOf(sorted, mean, variance),
    };
  });
}

function columnOf({ data, rows, cols }: CustomerMatrix, col: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => data[row * cols + col]!);
}

/** Between the two values around position (rows − 1) · share, counted from 0. */
function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position - Math.floor(position));
}

function skewnessOf(values: Float64Array, mean: number, variance: number): number {
  let cubes = 0;
  for (const value of values) cubes += (value - mean) ** 3;
  return cubes / values.length / variance ** 1.5;
}
