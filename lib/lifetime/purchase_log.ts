/** Who bought when and for how much: one row per customer and day, in any order. */
export interface PurchaseLog {
  /** Customers, numbered from 0; not each needs to have bought. */
  readonly customers: number;
  /** `[rows]`: the customer, 0..customers - 1. */
  readonly customer: Int32Array;
  /** `[rows]`: the day, counted from any day that is the same for all. */
  readonly day: Int32Array;
  /** `[rows]`: what was spent that day, above 0, in money. */
  readonly value: Float64Array;
}

/** What each customer has done up to a day, `[n]` each; times are days. */
export interface CustomerPurchases {
  /** The customers who had bought by then, ascending. */
  readonly customer: Int32Array;
  /** Days of purchase after the first. */
  readonly repeats: Int32Array;
  /** Days from the first purchase to the last. */
  readonly lastAt: Int32Array;
  /** Days from the first purchase to the day that it is told of. */
  readonly age: Int32Array;
  /** Days of purchase, the first too. */
  readonly purchases: Int32Array;
  /** Mean spent per day of purchase. */
  readonly meanValue: Float64Array;
}

/** The last day of a log; its first is `firstDay`. */
export function daysOf({ day }: PurchaseLog): { readonly first: number; readonly last: number } {
  if (day.length === 0) {
    throw new RangeError("Cannot read a purchase log: found no purchases, must be at least 1");
  }
  let [first, last] = [day[0]!, day[0]!];
  for (const at of day) [first, last] = [Math.min(first, at), Math.max(last, at)];
  return { first, last };
}

/**
 * Sums up a log as the models take it. A purchase is a day on which a customer
 * bought: an order that the shop split in two is one.
 *
 * @param until the last day that counts
 * @throws {TypeError} when the log's columns differ in length
 * @throws {RangeError} when a row names no customer, a value is not above 0, or a
 * customer has two rows on one day
 *
 * @example
 * ```ts
 * import { summarisePurchases } from "feira/lifetime";
 * import assert from "node:assert/strict";
 *
 * const log = {
 *   customers: 2,
 *   customer: Int32Array.of(0, 1, 0),
 *   day: Int32Array.of(3, 9, 13),
 *   value: Float64Array.of(20, 50, 40),
 * };
 * const { repeats, lastAt, age, meanValue } = summarisePurchases(log, 20);
 * assert.deepEqual([...repeats], [1, 0]);
 * assert.deepEqual([...lastAt], [10, 0]);
 * assert.deepEqual([...age], [17, 11]);
 * assert.deepEqual([...meanValue], [30, 50]);
 * ```
 */
export function summarisePurchases(log: PurchaseLog, until: number): CustomerPurchases {
  assertLog(log);
  const first = new Int32Array(log.customers);
  const last = new Int32Array(log.customers);
  const purchases = new Int32Array(log.customers);
  const spent = new Float64Array(log.customers);
  log.customer.forEach((customer, row) => {
    const day = log.day[row]!;
    if (day > until) return;
    const isFirst = purchases[customer] === 0;
    first[customer] = isFirst ? day : Math.min(first[customer]!, day);
    last[customer] = isFirst ? day : Math.max(last[customer]!, day);
    purchases[customer]! += 1;
    spent[customer]! += log.value[row]!;
  });
  const customer = Int32Array.from(purchases.keys()).filter((at) => purchases[at]! > 0);
  return {
    customer,
    repeats: customer.map((at) => purchases[at]! - 1),
    lastAt: customer.map((at) => last[at]! - first[at]!),
    age: customer.map((at) => until - first[at]!),
    purchases: customer.map((at) => purchases[at]!),
    meanValue: Float64Array.from(customer, (at) => spent[at]! / purchases[at]!),
  };
}

function assertLog({ customers, customer, day, value }: PurchaseLog): void {
  const action = "Cannot sum up purchases";
  const rows = customer.length;
  if (day.length !== rows || value.length !== rows) {
    throw new TypeError(
      `${action}: found ${rows} customers, ${day.length} days and ${value.length} values, must be as many of each`,
    );
  }
  const seen = new Set<string>();
  for (let row = 0; row < rows; row++) {
    const who = customer[row]!;
    if (!(who >= 0 && who < customers)) {
      throw new RangeError(
        `${action}: found customer ${who} in row ${row}, must be 0..${customers - 1}`,
      );
    }
    if (!(value[row]! > 0 && Number.isFinite(value[row]!))) {
      throw new RangeError(
        `${action}: found value ${value[row]} in row ${row}, must be finite and above 0`,
      );
    }
    const key = `${who} ${day[row]}`;
    if (seen.has(key)) {
      throw new RangeError(
        `${action}: found customer ${who} twice on day ${
          day[row]
        }, must be one row per customer and day`,
      );
    }
    seen.add(key);
  }
}
