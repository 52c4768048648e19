import type { CustomerMatrix } from "feira/features";
import { describeSpread } from "./describe_spread.ts";
import {
  PORTRAIT_FEATURES,
  type PortraitFeatureName,
  type PortraitValues,
} from "./portrait_features.ts";

/** A customer who stands for a segment. */
export interface Representative {
  /** The first characters of the customer's id: enough to tell two apart, not to look one up. */
  readonly shortId: string;
  /** NaN where the customer has none. */
  readonly values: Readonly<Record<PortraitFeatureName, number>>;
}

const SHORT = 6;

/**
 * The customers nearest to the middle of a segment: to its medians, feature by
 * feature. Distances count each feature in spreads of all customers (their 5th
 * to 95th percentile; logarithms where the tail is long), so that no unit weighs
 * more; a feature that the customer or the segment does not have counts as a
 * whole spread, so that customers with all their figures come first. Equal
 * distances go by id. O(customers log customers).
 *
 * @param rows the segment's rows of the matrix
 * @param count how many at most, 3 by default
 * @returns none for an empty segment
 */
export function representativeCustomers(
  { matrix, values }: { readonly matrix: CustomerMatrix; readonly values: PortraitValues },
  rows: Int32Array,
  { count = 3 }: { readonly count?: number } = {},
): Representative[] {
  const distances = new Map(Array.from(rows, (row) => [row, 0]));
  for (const { name, isHeavyTailed } of PORTRAIT_FEATURES) {
    const column = isHeavyTailed ? values[name].map(Math.log1p) : values[name];
    const { p5, p95 } = describeSpread(column.filter((value) => !isNaN(value)));
    const own = Float64Array.from(rows, (row) => column[row]!).filter((value) => !isNaN(value));
    const { median } = describeSpread(own);
    for (const row of rows) {
      const apart = Math.abs(column[row]! - median) / (p95 - p5 || 1);
      distances.set(row, distances.get(row)! + (isNaN(apart) ? 1 : apart ** 2));
    }
  }
  const { customerIds } = matrix;
  return [...distances.keys()].sort((a, b) =>
    distances.get(a)! - distances.get(b)! || (customerIds[a]! < customerIds[b]! ? -1 : 1)
  ).slice(0, count).map((row) => ({
    shortId: `${customerIds[row]!.slice(0, SHORT)}…`,
    values: Object.fromEntries(
      PORTRAIT_FEATURES.map(({ name }) => [name, values[name][row]!]),
    ) as Record<PortraitFeatureName, number>,
  }));
}
