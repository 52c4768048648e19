import type { CustomerMatrix } from "feira/features";

/** What a portrait tells of a customer, in a unit that needs no explanation. */
export interface PortraitFeature {
  readonly name: PortraitFeatureName;
  /** Begins a label. */
  readonly label: string;
  readonly unit: string;
  /** Its value in a sentence, `#` for the number. */
  readonly phrase: string;
  /** Whether a few customers have many times what most have: a log axis shows both. */
  readonly isHeavyTailed: boolean;
}

export type PortraitFeatureName =
  | "recency"
  | "orders"
  | "order_value"
  | "items_per_order"
  | "installments"
  | "review";

/**
 * The twelve features of `customer_features` without those that say the same
 * twice or grow with another: what an order costs instead of all that was ever
 * spent, items of an order instead of all items.
 */
export const PORTRAIT_FEATURES: readonly PortraitFeature[] = [
  {
    name: "recency",
    label: "Last order",
    unit: "days ago",
    phrase: "last order # days ago",
    isHeavyTailed: false,
  },
  { name: "orders", label: "Orders", unit: "orders", phrase: "# orders", isHeavyTailed: false },
  {
    name: "order_value",
    label: "Order value",
    unit: "BRL",
    phrase: "# BRL an order",
    isHeavyTailed: true,
  },
  {
    name: "items_per_order",
    label: "Items an order",
    unit: "items",
    phrase: "# items an order",
    isHeavyTailed: false,
  },
  {
    name: "installments",
    label: "Installments",
    unit: "per payment",
    phrase: "# installments",
    isHeavyTailed: false,
  },
  { name: "review", label: "Review", unit: "stars", phrase: "# stars", isHeavyTailed: false },
];

/** `[customers]` of each feature, in the matrix's order; NaN where a customer has none. */
export type PortraitValues = Readonly<Record<PortraitFeatureName, Float64Array>>;

/**
 * Each portrait feature of every customer. A customer without orders, items or
 * payments has no value of an order, items or installments; one without reviews
 * has no score, where `customer_features` has 0.
 *
 * @throws {TypeError} when the matrix lacks a feature, by name
 *
 * @example
 * ```ts
 * import { FEATURES } from "feira/features";
 * import { portraitValues } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const matrix = {
 *   customerIds: ["a"], featureNames: FEATURES.map(({ name }) => name), rows: 1, cols: 12,
 *   data: Float64Array.of(30, 2, 100, 2, 25, 4, 120, 3, 0, 0, 25, 4),
 * };
 * const { order_value, items_per_order, review } = portraitValues(matrix);
 * assert.deepEqual([order_value[0], items_per_order[0], review[0]], [50, 2, NaN]);
 * ```
 */
export function portraitValues(matrix: CustomerMatrix): PortraitValues {
  const column = (name: string): Float64Array => {
    const at = matrix.featureNames.indexOf(name);
    if (at < 0) {
      throw new TypeError(
        `Cannot portray customers: found features ${
          matrix.featureNames.join(", ")
        }, must have ${name}`,
      );
    }
    return Float64Array.from(
      { length: matrix.rows },
      (_, row) => matrix.data[row * matrix.cols + at]!,
    );
  };
  const orders = column("number_of_orders");
  const items = column("total_order_items");
  const reviews = column("num_reviews");
  const perOrder = (values: Float64Array) =>
    values.map((value, row) => items[row]! > 0 && orders[row]! > 0 ? value / orders[row]! : NaN);
  return {
    recency: column("recency"),
    orders,
    order_value: perOrder(column("monetary")),
    items_per_order: perOrder(items),
    installments: column("avg_payment_installments").map((value) => value > 0 ? value : NaN),
    review: column("avg_review_score").map((score, row) => reviews[row]! > 0 ? score : NaN),
  };
}
