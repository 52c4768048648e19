import { deltaVariance, type Estimate, toEstimate } from "./estimate.ts";
import { expectedOfDistinct, type ForecastSpec } from "./expected_purchases.ts";
import { expectedValue } from "./expected_value.ts";
import type { ValueModel } from "./fit_value_model.ts";
import type { PurchaseValues } from "./purchase_values.ts";
import type { PurchaseModel } from "./fit_purchase_model.ts";
import { distinctHistories, type PurchaseHistories } from "./purchase_histories.ts";

/** What a group of customers will do within the horizon. */
export interface GroupForecast {
  readonly customers: number;
  /** Expected number of purchases. */
  readonly purchases: Estimate;
  /** Of these purchases, in money, discounted where that was asked for. */
  readonly value: Estimate;
}

/** What {@linkcode forecastGroups} forecasts. */
export interface GroupForecastSpec extends ForecastSpec {
  /** Each group's customers, 0..n - 1; a customer may be in several groups. */
  readonly groups: readonly ArrayLike<number>[];
}

/**
 * Sums what the customers of each group are expected to buy, and what it is
 * worth. The 95% intervals hold what chance does to the sums and what the
 * parameters' uncertainty does; whether the model is right they cannot hold.
 *
 * O(different histories · 9 + customers of all groups · 19).
 *
 * @param customers `[n]` each
 * @throws {RangeError} when a model has no covariance to tell an interval from,
 * see `LikelihoodFit`, or a group has a customer that is not there
 * @throws as `expectedPurchases` and `expectedValue`
 */
export function forecastGroups(
  customers: PurchaseHistories & PurchaseValues,
  models: { readonly purchases: PurchaseModel; readonly values: ValueModel },
  { groups, ...spec }: GroupForecastSpec,
): GroupForecast[] {
  const { purchases, values } = models;
  const purchaseFit = withCovariance(purchases, purchases.kind);
  const valueFit = withCovariance(values, "gamma-gamma");
  assertGroups(groups, customers.repeats.length);
  const distinct = distinctHistories(customers, "forecast groups");
  const sum = (each: (customer: number) => number) =>
    Float64Array.from(groups, (rows) => {
      let total = 0;
      for (let i = 0; i < rows.length; i++) total += each(rows[i]!);
      return total;
    });
  const { indices } = distinct;
  const expected = expectedOfDistinct(purchases, distinct, spec);
  const worth = expectedValue(values, customers);
  const count = sum((i) => expected.mean[indices[i]!]!);
  const total = sum((i) => expected.discounted[indices[i]!]! * worth.mean[i]!);
  const chanceOfCount = sum((i) => expected.variance[indices[i]!]!);
  const chanceOfValue = sum((i) => {
    const [mean, variance] = [expected.mean[indices[i]!]!, expected.variance[indices[i]!]!];
    const pairs = variance - mean + mean ** 2;
    return mean * worth.square[i]! + pairs * worth.meanSquare[i]! - (mean * worth.mean[i]!) ** 2;
  });
  // Both sums at once, since the purchases are the costly part of both.
  const ofPurchases = deltaVariance(purchaseFit, (parameters) => {
    const at = expectedOfDistinct({ kind: purchases.kind, parameters }, distinct, spec);
    return Float64Array.of(
      ...sum((i) => at.mean[indices[i]!]!),
      ...sum((i) => at.discounted[indices[i]!]! * worth.mean[i]!),
    );
  });
  const ofValues = deltaVariance(valueFit, (parameters) => {
    const at = expectedValue({ parameters }, customers);
    return sum((i) => expected.discounted[indices[i]!]! * at.mean[i]!);
  });
  return groups.map((rows, g) => ({
    customers: rows.length,
    purchases: toEstimate(count[g]!, chanceOfCount[g]! + ofPurchases[g]!),
    value: toEstimate(
      total[g]!,
      chanceOfValue[g]! + ofPurchases[groups.length + g]! + ofValues[g]!,
    ),
  }));
}

function withCovariance<P extends Readonly<Record<string, number>>>(
  { parameters, logCovariance }: { parameters: P; logCovariance?: Float64Array },
  name: string,
): { parameters: P; logCovariance: Float64Array } {
  if (logCovariance === undefined) {
    throw new RangeError(
      `Cannot forecast groups: ${name} has no covariance, must be determined by its data`,
    );
  }
  return { parameters, logCovariance };
}

function assertGroups(groups: GroupForecastSpec["groups"], customers: number): void {
  for (const [g, rows] of groups.entries()) {
    for (let i = 0; i < rows.length; i++) {
      if (!(Number.isInteger(rows[i]!) && rows[i]! >= 0 && rows[i]! < customers)) {
        throw new RangeError(
          `Cannot forecast groups: found customer ${rows[i]} in group ${g}, must be 0..${
            customers - 1
          }`,
        );
      }
    }
  }
}
