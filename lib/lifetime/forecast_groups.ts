import { deltaVariance, type Estimate, toEstimate } from "./estimate.ts";
import { expectedOfDistinct, type ForecastSpec } from "./expected_purchases.ts";
import { expectedValue } from "./expected_value.ts";
import type { ValueModel } from "./fit_value_model.ts";
import type { PurchaseValues } from "./purchase_values.ts";
import type { PurchaseModel } from "./fit_purchase_model.ts";
import { distinctHistories, type PurchaseHistories } from "./purchase_histories.ts";

/** The customers that are forecast, and which of them go together. */
export interface ForecastGroups {
  /** `[n]`: each customer's group, 0..count - 1, or -1 for none. */
  readonly labels: ArrayLike<number>;
  readonly count: number;
}

/** What a group of customers will do within the horizon. */
export interface GroupForecast {
  readonly customers: number;
  /** Expected number of purchases. */
  readonly purchases: Estimate;
  /** Of these purchases, in money, discounted where that was asked for. */
  readonly value: Estimate;
}

/**
 * Sums what the customers of each group are expected to buy, and what it is
 * worth. The 95% intervals hold what chance does to the sums and what the
 * parameters' uncertainty does; whether the model is right they cannot hold.
 *
 * O(different histories · 9 + customers · 7).
 *
 * @param customers `[n]` each
 * @throws {RangeError} when a model has no covariance to tell an interval from,
 * see `LikelihoodFit`, or a label is out of range
 * @throws as `expectedPurchases` and `expectedValue`
 */
export function forecastGroups(
  customers: PurchaseHistories & PurchaseValues,
  models: { readonly purchases: PurchaseModel; readonly values: ValueModel },
  { groups, ...spec }: ForecastSpec & { readonly groups: ForecastGroups },
): GroupForecast[] {
  const { purchases, values } = models;
  const purchaseFit = withCovariance(purchases, purchases.kind);
  const valueFit = withCovariance(values, "gamma-gamma");
  assertLabels(groups, customers.repeats.length);
  const distinct = distinctHistories(customers, "forecast groups");
  const sum = (each: (customer: number) => number) => {
    const totals = new Float64Array(groups.count);
    for (let i = 0; i < groups.labels.length; i++) {
      if (groups.labels[i]! >= 0) totals[groups.labels[i]!]! += each(i);
    }
    return totals;
  };
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
  const sizes = sum(() => 1);
  return Array.from(sizes, (size, g) => ({
    customers: size,
    purchases: toEstimate(count[g]!, chanceOfCount[g]! + ofPurchases[g]!),
    value: toEstimate(
      total[g]!,
      chanceOfValue[g]! + ofPurchases[groups.count + g]! + ofValues[g]!,
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

function assertLabels({ labels, count }: ForecastGroups, customers: number): void {
  if (labels.length !== customers) {
    throw new TypeError(
      `Cannot forecast groups: found ${labels.length} labels, must be one for each of ${customers} customers`,
    );
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!(Number.isInteger(label) && label >= -1 && label < count)) {
      throw new RangeError(
        `Cannot forecast groups: found label ${label} of customer ${i}, must be -1..${count - 1}`,
      );
    }
  }
}
