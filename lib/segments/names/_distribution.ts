/** The values of some customers, in the feature's own unit; statistics are NaN where nobody has one. */
export interface Distribution {
  /** Of those customers who have a value, ascending. Read, never change: profiles share it. */
  readonly values: Float64Array;
  /** Customers who have a value, as a share of these customers, 0..1. */
  readonly knownShare: number;
  readonly sum: number;
  readonly mean: number;
  /** Standard deviation of the population (ddof 0). */
  readonly deviation: number;
  readonly median: number;
  readonly q25: number;
  readonly q75: number;
}

/**
 * Takes ownership of `values` and sorts them. Sums go from the least value to
 * the greatest, so that the order of customers never shows in the last digit.
 * O(n log n).
 *
 * @param customers with and without a value
 */
export function toDistribution(values: Float64Array, customers: number): Distribution {
  values.sort();
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return {
    values,
    knownShare: values.length / customers,
    sum,
    mean,
    deviation: Math.sqrt(squares / values.length),
    median: quantile(values, 0.5),
    q25: quantile(values, 0.25),
    q75: quantile(values, 0.75),
  };
}

/** How many of ascending values are below a limit, or at it too. O(log n). */
export function countBelow(
  values: Float64Array,
  limit: number,
  { orAt }: { readonly orAt: boolean },
): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = values[middle]!;
    if (value < limit || (orAt && value === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Interpolated linearly between the two nearest values. */
export function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}
