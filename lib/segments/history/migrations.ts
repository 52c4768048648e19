/** Customers who went one way between two publications. */
export interface Migration {
  /** Id of the segment before; absent for new customers. */
  readonly from?: number;
  /** Id of the segment now; absent for customers who are gone. */
  readonly to?: number;
  readonly customers: number;
  /** Of the customers who were in `from`; of the new ones where there is none. */
  readonly share: number;
}

/**
 * The migration matrix of two publications of one level, a row for each way
 * that at least one customer went: by `from`, then `to`, new customers last.
 * O(customers).
 *
 * @param before segment of each customer then, by id
 * @param now segment of each customer now, by id
 *
 * @example
 * ```ts
 * import { migrations } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const before = new Map([["ana", 0], ["rui", 0], ["leo", 1]]);
 * const now = new Map([["ana", 0], ["rui", 1], ["eva", 1]]);
 * assert.deepEqual(migrations(before, now), [
 *   { from: 0, to: 0, customers: 1, share: 0.5 },
 *   { from: 0, to: 1, customers: 1, share: 0.5 },
 *   { from: 1, customers: 1, share: 1 },
 *   { to: 1, customers: 1, share: 1 },
 * ]);
 * ```
 */
export function migrations(
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): Migration[] {
  const ways = new Map<number, Map<number, number>>();
  const add = (from: number, to: number) => {
    const row = ways.get(from) ?? new Map<number, number>();
    ways.set(from, row.set(to, (row.get(to) ?? 0) + 1));
  };
  for (const [customer, from] of before) add(from, now.get(customer) ?? NOWHERE);
  for (const [customer, to] of now) if (!before.has(customer)) add(NOWHERE, to);
  return sorted(ways).flatMap(([from, row]) => {
    const all = [...row.values()].reduce((sum, customers) => sum + customers, 0);
    return sorted(row).map(([to, customers]) => ({
      ...(from !== NOWHERE && { from }),
      ...(to !== NOWHERE && { to }),
      customers,
      share: customers / all,
    }));
  });
}

/** Beyond every id, so that it comes last. */
const NOWHERE = Infinity;

function sorted<Value>(of: ReadonlyMap<number, Value>): [number, Value][] {
  return [...of].sort(([a], [b]) => a < b ? -1 : 1);
}
