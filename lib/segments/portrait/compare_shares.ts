import { type ShareInterval, wilsonInterval } from "./wilson_interval.ts";

/** How often a kind (a category, a state, a way to pay) is met in a segment. */
export interface KindShare extends ShareInterval {
  readonly name: string;
  /** The segment's customers of that kind. */
  readonly customers: number;
  /** The same share among all customers, the segment's included. */
  readonly everyoneShare: number;
  /** `share / everyoneShare`: 2 is twice as often as everyone. */
  readonly lift: number;
  /**
   * `more` or `less` only where everyone's share lies outside the interval and
   * there are customers enough to say so; else `similar`.
   */
  readonly verdict: "more" | "less" | "similar";
}

/** Customers by kind, and of how many. */
export interface KindCounts {
  readonly customers: ReadonlyMap<string, number>;
  readonly of: number;
}

/**
 * What it takes to call a share different. Three standard errors, not two: of
 * some 100 kinds in some 10 segments, 1,000 comparisons, two would call about
 * 45 different by chance, three about 3.
 */
export const DISTINCT = { leastCustomers: 20, z: 3 } as const;

/**
 * Compares how often each kind is met in a segment with how often it is met
 * among all. Judged are only kinds of which the segment has, or would have if
 * it were as everyone, at least `leastCustomers` customers.
 *
 * @returns kinds of either, most of the segment's customers first, then by everyone's share and
 * name
 * @throws {RangeError} when a count of the segment is above everyone's, or above `of`
 *
 * @example
 * ```ts
 * import { compareShares } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const [toys] = compareShares(
 *   { customers: new Map([["toys", 60]]), of: 100 },
 *   { customers: new Map([["toys", 200], ["books", 800]]), of: 1000 },
 * );
 * assert.equal(toys!.lift, 3);
 * assert.equal(toys!.verdict, "more");
 * ```
 */
export function compareShares(
  own: KindCounts,
  everyone: KindCounts,
  { leastCustomers = DISTINCT.leastCustomers, z = DISTINCT.z }: {
    readonly leastCustomers?: number;
    readonly z?: number;
  } = {},
): KindShare[] {
  const stranger = [...own.customers].find(([name, count]) =>
    count > (everyone.customers.get(name) ?? 0)
  );
  if (stranger !== undefined) {
    const [name, count] = stranger;
    throw new RangeError(
      `Cannot compare shares: ${name} has ${count} customers in the segment, must be at most everyone's ${
        everyone.customers.get(name) ?? 0
      }`,
    );
  }
  return [...everyone.customers].map(([name, count]): KindShare => {
    const customers = own.customers.get(name) ?? 0;
    const interval = wilsonInterval(customers, own.of, { z });
    const everyoneShare = wilsonInterval(count, everyone.of, { z }).share;
    const isMany = customers >= leastCustomers;
    const wouldBeMany = everyoneShare * own.of >= leastCustomers;
    const verdict = isMany && interval.low > everyoneShare
      ? "more"
      : wouldBeMany && interval.high < everyoneShare
      ? "less"
      : "similar";
    const lift = (customers * everyone.of) / (count * own.of);
    return { name, customers, ...interval, everyoneShare, lift, verdict };
  }).sort((a, b) =>
    b.customers - a.customers || b.everyoneShare - a.everyoneShare || (a.name < b.name ? -1 : 1)
  );
}
