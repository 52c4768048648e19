import type { ValueModel } from "./fit_value_model.ts";
import { assertValues, type PurchaseValues } from "./purchase_values.ts";

/** What a customer's purchases will be worth. */
export interface ExpectedValue {
  /** `[n]`: of a purchase, in money; Infinity where the model has no mean. */
  readonly mean: Float64Array;
  /** `[n]`: E[Z²] of a purchase's value Z; Infinity where the model has none. */
  readonly square: Float64Array;
  /** `[n]`: E[M²] of the customer's own mean M; Infinity where the model has none. */
  readonly meanSquare: Float64Array;
}

/**
 * The expected value of each customer's next purchase: between the mean of all
 * customers and his own, the nearer to this the more he has bought.
 *
 * @throws as `fitValueModel`
 *
 * Source: Fader and Hardie (2013), equation 5.
 *
 * @example
 * ```ts
 * import { expectedValue } from "feira/lifetime";
 * import assert from "node:assert/strict";
 *
 * // (v + 4·30)·p / (4·p + q − 1)
 * const model = { parameters: { p: 6, q: 4, v: 15 } };
 * const { mean } = expectedValue(model, { purchases: [4], meanValue: [30] });
 * assert.equal(mean[0], 30);
 * ```
 */
export function expectedValue(
  { parameters: { p, q, v } }: Pick<ValueModel, "parameters">,
  values: PurchaseValues,
): ExpectedValue {
  assertValues(values, "expect values");
  const n = values.purchases.length;
  const [mean, square, meanSquare] = [
    new Float64Array(n),
    new Float64Array(n),
    new Float64Array(n),
  ];
  for (let i = 0; i < n; i++) {
    const purchases = values.purchases[i]!;
    const shape = p * purchases + q;
    const rate = v + purchases * values.meanValue[i]!;
    mean[i] = shape > 1 ? (p * rate) / (shape - 1) : Infinity;
    meanSquare[i] = shape > 2 ? (mean[i]! * p * rate) / (shape - 2) : Infinity;
    square[i] = (meanSquare[i]! * (p + 1)) / p;
  }
  return { mean, square, meanSquare };
}
