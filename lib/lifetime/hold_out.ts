import { deltaVariance, type Estimate, toEstimate } from "./estimate.ts";
import { expectedOfDistinct } from "./expected_purchases.ts";
import {
  fitPurchaseModel,
  type PurchaseModel,
  type PurchaseModelKind,
} from "./fit_purchase_model.ts";
import { groupByRepeats, type HoldOutGroup } from "./hold_out_group.ts";
import { distinctHistories } from "./purchase_histories.ts";
import { type CustomerPurchases, type PurchaseLog, summarisePurchases } from "./purchase_log.ts";

export interface HoldOutSpec {
  readonly kind: PurchaseModelKind;
  /** The last day that was observed. */
  readonly until: number;
  /** So many of the last days are held out. */
  readonly days: number;
}

/** What a model said of days that it had not seen, and what came. */
export interface HoldOut {
  readonly kind: PurchaseModelKind;
  readonly days: number;
  /** Who had bought before. */
  readonly customers: number;
  /** Fitted on what was before. */
  readonly model: PurchaseModel;
  /** Purchases of those customers in the days held out; without interval where the model has none. */
  readonly expected: Estimate | Pick<Estimate, "mean">;
  readonly actual: number;
  /** (expected − actual) / actual; NaN where nothing came. */
  readonly relativeError: number;
  /** Whether what came is in the interval; false where there is none. */
  readonly isWithin: boolean;
  readonly groups: readonly HoldOutGroup[];
}

/**
 * Fits a model on a log without its last days, foretells the purchases in these of
 * the customers it knew, and counts what they did.
 *
 * @throws {RangeError} when nobody had bought before the days held out
 *
 * @example
 * ```ts
 * import { holdOut } from "feira/lifetime";
 * import assert from "node:assert/strict";
 *
 * const log = {
 *   customers: 3,
 *   customer: Int32Array.of(0, 1, 0, 0, 2),
 *   day: Int32Array.of(3, 9, 13, 45, 46),
 *   value: Float64Array.of(20, 50, 40, 30, 10),
 * };
 * const { customers, actual } = holdOut(log, { kind: "mbg-nbd", until: 50, days: 10 });
 * assert.equal(customers, 2);
 * assert.equal(actual, 1);
 * ```
 */
export function holdOut(log: PurchaseLog, { kind, until, days }: HoldOutSpec): HoldOut {
  const before = summarisePurchases(log, until - days);
  if (before.customer.length === 0) {
    throw new RangeError(
      `Cannot hold out ${days} days: found no customers before them, must be at least 1`,
    );
  }
  const model = fitPurchaseModel(before, kind);
  const distinct = distinctHistories(before, "hold out");
  const { mean, variance } = expectedOfDistinct(model, distinct, { horizon: days });
  const actuals = purchasesWithin(log, before, { from: until - days, until });
  const total = weighted(mean, distinct.counts);
  const actual = actuals.reduce((sum, n) => sum + n, 0);
  const expected = model.logCovariance === undefined ? { mean: total } : toEstimate(
    total,
    weighted(variance, distinct.counts) +
      deltaVariance(
        { ...model, logCovariance: model.logCovariance },
        (parameters) =>
          Float64Array.of(
            weighted(
              expectedOfDistinct({ kind, parameters }, distinct, { horizon: days }).mean,
              distinct.counts,
            ),
          ),
      )[0]!,
  );
  return {
    kind,
    days,
    customers: before.customer.length,
    model,
    expected,
    actual,
    relativeError: actual === 0 ? NaN : (total - actual) / actual,
    isWithin: "low" in expected && expected.low <= actual && actual <= expected.high,
    groups: groupByRepeats(before.repeats, {
      expected: Float64Array.from(distinct.indices, (at) => mean[at]!),
      variance: Float64Array.from(distinct.indices, (at) => variance[at]!),
      actual: actuals,
    }),
  };
}

function weighted(values: Float64Array, weights: Float64Array): number {
  return values.reduce((sum, value, i) => sum + value * weights[i]!, 0);
}

/** `[n]`: purchases of each customer after `from`, up to `until`. */
function purchasesWithin(
  log: PurchaseLog,
  { customer }: CustomerPurchases,
  { from, until }: { from: number; until: number },
): Float64Array {
  const all = new Float64Array(log.customers);
  log.day.forEach((day, row) => {
    if (day > from && day <= until) all[log.customer[row]!]! += 1;
  });
  return Float64Array.from(customer, (at) => all[at]!);
}
