import { digamma, logGamma } from "./_gamma.ts";
import { type LikelihoodFit, maximumLikelihood } from "./maximum_likelihood.ts";
import { assertValues, type PurchaseValues } from "./purchase_values.ts";

/**
 * A purchase's value is gamma distributed (shape `p`) around its customer's
 * mean, whose rate is gamma distributed over customers (shape `q`, rate `v` in money).
 */
export type ValueParameter = "p" | "q" | "v";

/** A fitted gamma-gamma model of what a purchase is worth. */
export interface ValueModel extends LikelihoodFit<ValueParameter> {
  /** Mean value of a purchase over all customers, p·v / (q − 1); Infinity where q ≤ 1. */
  readonly meanValue: number;
}

/**
 * Fits the gamma-gamma model of the value of a purchase by maximum likelihood. It
 * takes a customer's mean to be independent of how often he buys: see to that.
 * O(customers) per step.
 *
 * @throws {TypeError} when the arrays differ in length
 * @throws {RangeError} when there are no customers, or a value is not possible, by customer
 *
 * Source: P. Fader and B. Hardie (2013), "The Gamma-Gamma Model of Monetary
 * Value", equation 1a.
 *
 * @example
 * ```ts
 * import { fitValueModel } from "feira/lifetime";
 * import assert from "node:assert/strict";
 *
 * const model = fitValueModel({
 *   purchases: [1, 2, 1, 3, 2, 1, 4, 2],
 *   meanValue: [20, 35, 50, 28, 90, 33, 41, 24],
 * });
 * assert.ok(model.meanValue > 30 && model.meanValue < 60);
 * ```
 */
export function fitValueModel(values: PurchaseValues): ValueModel {
  assertValues(values, "fit gamma-gamma");
  const customers = values.purchases.length;
  const groups = groupByPurchases(values);
  const mean = groups.reduce((sum, { sums, n }) => {
    for (const value of sums) sum += value / n;
    return sum;
  }, 0) / customers;
  const fit = maximumLikelihood<ValueParameter>(
    (parameters) => logLikelihood(parameters, groups),
    { names: ["p", "q", "v"], customers, starts: [[1, 2, mean], [5, 4, mean], [2, 3, 2 * mean]] },
  );
  const { p, q, v } = fit.parameters;
  return { ...fit, meanValue: q > 1 ? (p * v) / (q - 1) : Infinity };
}

/** Customers of as many purchases. */
interface Group {
  readonly n: number;
  /** Each customer's sum. */
  readonly sums: Float64Array;
  /** Sum of the logarithms of the sums. */
  readonly logs: number;
}

function groupByPurchases({ purchases, meanValue }: PurchaseValues): Group[] {
  const sums = new Map<number, number[]>();
  for (let i = 0; i < purchases.length; i++) {
    const n = purchases[i]!;
    if (!sums.has(n)) sums.set(n, []);
    sums.get(n)!.push(n * meanValue[i]!);
  }
  return Array.from(sums, ([n, list]) => ({
    n,
    sums: Float64Array.from(list),
    logs: list.reduce((total, sum) => total + Math.log(sum), 0),
  }));
}

/** The log-likelihood of mean values, and its slope in (p, q, v). */
function logLikelihood(
  [p, q, v]: Float64Array | number[],
  groups: readonly Group[],
): { value: number; gradient: Float64Array } {
  [p, q, v] = [p!, q!, v!];
  let value = 0;
  const gradient = new Float64Array(3);
  for (const { n, sums, logs } of groups) {
    const count = sums.length;
    let [spread, nearness] = [0, 0];
    for (const sum of sums) {
      spread += Math.log(v + sum);
      nearness += 1 / (v + sum);
    }
    const shape = p * n + q;
    value += count * (logGamma(shape) - logGamma(p * n) - logGamma(q) + q * Math.log(v)) +
      (p * n - 1) * logs + count * Math.log(n) - shape * spread;
    const rising = digamma(shape);
    gradient[0]! += n * (count * (rising - digamma(p * n)) + logs - spread);
    gradient[1]! += count * (rising - digamma(q) + Math.log(v)) - spread;
    gradient[2]! += count * q / v - shape * nearness;
  }
  return { value, gradient };
}
