import { gaussLegendre } from "./_gauss_legendre.ts";
import { hypergeometric } from "./_hypergeometric.ts";
import { chancesToLeave } from "./fit_purchase_model.ts";
import { aliveOf, type PurchasePredictor } from "./probability_alive.ts";
import {
  type DistinctHistories,
  distinctHistories,
  type PurchaseHistories,
} from "./purchase_histories.ts";

/** What is looked ahead. */
export interface ForecastSpec {
  /** Time ahead, in the histories' unit; at least 0. */
  readonly horizon: number;
  /**
   * What a purchase loses per unit of time by coming later, continuously:
   * ln(1.1) / 365 for 10% a year in days. At least 0. @default 0
   */
  readonly discount?: number;
}

/** Purchases ahead, `[n]` each. */
export interface ExpectedPurchases {
  /** Expected purchases. */
  readonly mean: Float64Array;
  /** The same, each counted as what it is worth today; equal to `mean` without discount. */
  readonly discounted: Float64Array;
  /** Variance of the number of purchases when the parameters are right. */
  readonly variance: Float64Array;
}

/** The integrands are smooth on this scale: further nodes change no digit that counts. */
const QUADRATURE = gaussLegendre(32);

/**
 * The purchases that customers are expected to make, given what they have done:
 * the chance that they still are customers times the integral of the expected
 * rate of purchase of one who is. As an integral it takes a discount, and has no
 * hole at a = 1 as the closed form has; without discount it is the same number.
 *
 * With r' = r + x, α' = α + T, m chances to have left and t = α'(eᵛ − 1) the rate is
 * r'·e^(−r'v)·2F1(r' + 1, b + m; a + b + m; 1 − e⁻ᵛ) dv. The variance follows
 * from the same of two purchases.
 *
 * O(different histories · 64 · terms), terms about 36·(1 + horizon / α').
 *
 * @throws {TypeError | RangeError} as `fitPurchaseModel`, and when the horizon or
 * discount is below 0 or not finite
 *
 * Source: closed form in Fader, Hardie and Lee (2005), equation 10, and Batislam
 * et al. (2007).
 *
 * @example
 * ```ts
 * import { expectedPurchases } from "feira/lifetime";
 * import assert from "node:assert/strict";
 *
 * // Fader, Hardie and Lee: a customer with 2 repeats, the last in week 30.43 of
 * // 38.86, makes 1.226 purchases in the next 39 weeks.
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * const { mean } = expectedPurchases(
 *   { kind: "bg-nbd", parameters },
 *   { repeats: [2], lastAt: [30.43], age: [38.86] },
 *   { horizon: 39 },
 * );
 * assert.equal(mean[0]!.toFixed(3), "1.226");
 * ```
 */
export function expectedPurchases(
  model: PurchasePredictor,
  histories: PurchaseHistories,
  spec: ForecastSpec,
): ExpectedPurchases {
  const distinct = distinctHistories(histories, "expect purchases");
  const { mean, discounted, variance } = expectedOfDistinct(model, distinct, spec);
  const spread = (values: Float64Array) => Float64Array.from(distinct.indices, (at) => values[at]!);
  return { mean: spread(mean), discounted: spread(discounted), variance: spread(variance) };
}

/** The same per different history. */
export function expectedOfDistinct(
  model: PurchasePredictor,
  { repeats, lastAt, age }: DistinctHistories,
  { horizon, discount = 0 }: ForecastSpec,
): ExpectedPurchases {
  for (const [name, value] of [["horizon", horizon], ["discount", discount]] as const) {
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new RangeError(
        `Cannot expect purchases: ${name} is ${value}, must be finite and at least 0`,
      );
    }
  }
  const moments = Array.from(
    repeats,
    (x, i) => momentsOf(model, [x, lastAt[i]!, age[i]!], { horizon, discount }),
  );
  return {
    mean: Float64Array.from(moments, ({ mean }) => mean),
    discounted: Float64Array.from(moments, ({ discounted }) => discounted),
    variance: Float64Array.from(moments, ({ mean, pairs }) => pairs + mean - mean ** 2),
  };
}

/** Of the number N of purchases: E[N], the same discounted, and E[N(N − 1)]. */
function momentsOf(
  model: PurchasePredictor,
  history: readonly [number, number, number],
  { horizon, discount }: Required<ForecastSpec>,
): { mean: number; discounted: number; pairs: number } {
  const { r, alpha, a, b } = model.parameters;
  const [x, , age] = history;
  const m = chancesToLeave(model.kind, x);
  const [rate, time] = [r + x, alpha + age];
  const end = Math.log1p(horizon / time);
  let [mean, discounted, pairs] = [0, 0, 0];
  for (let k = 0; k < QUADRATURE.nodes.length; k++) {
    const v = QUADRATURE.nodes[k]! * end;
    const weight = QUADRATURE.weights[k]! * end;
    const [z, later] = [-Math.expm1(-v), Math.expm1(v)];
    const once = weight * Math.exp(-rate * v) *
      hypergeometric(rate + 1, b + m, a + b + m, z);
    mean += once;
    discounted += once * Math.exp(-discount * time * later);
    pairs += weight * later * Math.exp(-(rate + 1) * v) *
      hypergeometric(rate + 2, b + m + 1, a + b + m + 1, z);
  }
  const alive = aliveOf(model, history);
  return {
    mean: alive * rate * mean,
    discounted: alive * rate * discounted,
    pairs: alive * 2 * rate * (rate + 1) * ((b + m) / (a + b + m)) * pairs,
  };
}
