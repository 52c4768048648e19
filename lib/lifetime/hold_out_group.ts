/** Customers with as many repeat purchases when the model was fitted. */
export interface HoldOutGroup {
  /** `3` stands for 3 and more. */
  readonly repeats: number;
  readonly customers: number;
  readonly expected: number;
  /** Standard deviation that chance alone gives to what comes. */
  readonly deviation: number;
  readonly actual: number;
  /**
   * Whether it is off by more than half of what came, and by more than three of
   * these deviations. A total may be right while one-time buyers make up for what
   * is wrong with those who came back, and segments differ in just these.
   */
  readonly isMisjudged: boolean;
}

/** Repeats from here on are one group. */
export const MANY = 3;

/** Sums customers `[n]` by their number of repeats. */
export function groupByRepeats(
  repeats: Int32Array,
  { expected, variance, actual }: Record<"expected" | "variance" | "actual", Float64Array>,
): HoldOutGroup[] {
  const groups = Array.from({ length: MANY + 1 }, (_, repeats) => ({
    repeats,
    customers: 0,
    expected: 0,
    variance: 0,
    actual: 0,
  }));
  repeats.forEach((x, i) => {
    const group = groups[Math.min(x, MANY)]!;
    group.customers += 1;
    group.expected += expected[i]!;
    group.variance += variance[i]!;
    group.actual += actual[i]!;
  });
  return groups.filter(({ customers }) => customers > 0)
    .map(({ variance, ...group }) => {
      const deviation = Math.sqrt(variance);
      const off = Math.abs(group.actual - group.expected);
      return { ...group, deviation, isMisjudged: off > 0.5 * group.actual && off > 3 * deviation };
    });
}
