import { type LikelihoodFit, maximumLikelihood } from "./maximum_likelihood.ts";
import {
  type DistinctHistories,
  distinctHistories,
  type PurchaseHistories,
} from "./purchase_histories.ts";

/**
 * `bg-nbd`: a customer may leave after each repeat purchase (Fader, Hardie and
 * Lee 2005). `mbg-nbd`: after the first one too (Batislam, Denizel and
 * Filiztekin 2007), so that one who bought once need not be active.
 */
export type PurchaseModelKind = "bg-nbd" | "mbg-nbd";

/**
 * Rates of purchase are gamma distributed over customers (shape `r`, rate
 * `alpha` in the histories' unit of time), chances to leave after a purchase are
 * beta distributed (`a`, `b`).
 */
export type PurchaseParameter = "r" | "alpha" | "a" | "b";

/** A fitted model of when customers buy, and when they stop. */
export interface PurchaseModel extends LikelihoodFit<PurchaseParameter> {
  readonly kind: PurchaseModelKind;
}

const NAMES = ["r", "alpha", "a", "b"] as const;

/**
 * Fits a model of repeat purchases by maximum likelihood. O(different histories)
 * per step; about 30 steps.
 *
 * @param histories at least one customer
 * @throws {TypeError} when the arrays differ in length
 * @throws {RangeError} when a history is not possible, by customer
 *
 * Source: P. Fader, B. Hardie and K. L. Lee (2005), doi:10.1287/mksc.1040.0098,
 * equation 6; E. Batislam, M. Denizel and A. Filiztekin (2007),
 * doi:10.1016/j.ijresmar.2006.12.005.
 *
 * @example
 * ```ts
 * import { fitPurchaseModel } from "feira/lifetime";
 * import assert from "node:assert/strict";
 *
 * const model = fitPurchaseModel({
 *   repeats: [0, 0, 1, 0, 3, 0, 2, 5, 0, 1],
 *   lastAt: [0, 0, 20, 0, 35, 0, 9, 38, 0, 2],
 *   age: [39, 38, 38, 37, 36, 39, 39, 39, 35, 36],
 * }, "mbg-nbd");
 * assert.equal(model.kind, "mbg-nbd");
 * assert.ok(model.converged);
 * ```
 */
export function fitPurchaseModel(
  histories: PurchaseHistories,
  kind: PurchaseModelKind,
): PurchaseModel {
  const distinct = distinctHistories(histories, `fit ${kind}`);
  const customers = distinct.indices.length;
  let ages = 0;
  distinct.age.forEach((age, i) => ages += age * distinct.counts[i]!);
  // A unit of time of the data's own: a fit in days and one in weeks start alike.
  const scale = ages / customers || 1;
  const fit = maximumLikelihood<PurchaseParameter>(
    (parameters) => logLikelihood(parameters, distinct, kind),
    {
      names: NAMES,
      customers,
      starts: [[1, scale, 1, 1], [0.1, scale / 4, 1, 3], [0.5, scale, 0.1, 1]],
    },
  );
  return { kind, ...fit };
}

/** Purchases after which the customer might have left. */
export function chancesToLeave(kind: PurchaseModelKind, repeats: number): number {
  return kind === "mbg-nbd" ? repeats + 1 : repeats;
}

/**
 * The log-likelihood of histories and its slope in (r, alpha, a, b). Repeats are
 * whole, so that all ratios of gamma functions are products: nothing cancels.
 */
function logLikelihood(
  [r, alpha, a, b]: Float64Array | number[],
  { repeats, lastAt, age, counts }: DistinctHistories,
  kind: PurchaseModelKind,
): { value: number; gradient: Float64Array } {
  [r, alpha, a, b] = [r!, alpha!, a!, b!];
  let value = 0;
  const gradient = new Float64Array(4);
  for (let i = 0; i < counts.length; i++) {
    const x = repeats[i]!;
    const m = chancesToLeave(kind, x);
    const [toAge, toLast] = [alpha + age[i]!, alpha + lastAt[i]!];
    const stretch = Math.log(toAge / toLast);
    const rising = risingLog(r, x);
    const staying = risingLog(b, m);
    const leaving = risingLog(a + b, m);
    // How much likelier it is that the customer left after the last purchase than stayed.
    const odds = m === 0 ? 0 : (a / (b + m - 1)) * Math.exp((r + x) * stretch);
    const left = Number.isFinite(odds) ? odds / (1 + odds) : 1;
    const count = counts[i]!;
    value += count * (
      rising.log + r * Math.log(alpha) + staying.log - leaving.log -
      (r + x) * Math.log(toAge) +
      (Number.isFinite(odds) ? Math.log1p(odds) : Math.log(a / (b + m - 1)) + (r + x) * stretch)
    );
    gradient[0]! += count * (rising.slope - Math.log(toAge / alpha) + left * stretch);
    gradient[1]! += count * (
      r / alpha - (r + x) * ((1 - left) / toAge + left / toLast)
    );
    gradient[2]! += count * (left / a - leaving.slope);
    gradient[3]! += count * (staying.slope - leaving.slope - (m === 0 ? 0 : left / (b + m - 1)));
  }
  return { value, gradient };
}

/** log Γ(x + n) − log Γ(x) for whole n, and its slope in x. */
function risingLog(x: number, n: number): { log: number; slope: number } {
  let log = 0;
  let slope = 0;
  for (let k = 0; k < n; k++) {
    log += Math.log(x + k);
    slope += 1 / (x + k);
  }
  return { log, slope };
}
