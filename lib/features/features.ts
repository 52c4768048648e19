/** One number that describes a customer. */
export interface Feature {
  /** The column's name in `customer_features`. */
  readonly name: string;
  /** For axes and table heads. */
  readonly label: string;
  /** `days`, `BRL`, `orders` …; what the number counts. */
  readonly unit: string;
  /** In plain words, what is done with a missing value included. */
  readonly description: string;
}

/**
 * The twelve features that the map is trained on, in their order.
 *
 * Two of them count twice: `frequency` equals `number_of_orders`, and
 * `avg_order_value` equals `avg_product_category_value`, so the order count and
 * the mean item price weigh double in every distance. They are kept as the
 * guide has them, to be compared with its figures.
 *
 * Source: DETAILED_PROJECT_GUIDE, the customer features' published code.
 *
 * @example
 * ```ts
 * import { FEATURES } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * assert.equal(FEATURES.length, 12);
 * assert.equal(FEATURES[0]?.unit, "days");
 * ```
 */
export const FEATURES: readonly Feature[] = [
  {
    name: "recency",
    label: "Recency",
    unit: "days",
    description:
      "Days from the customer's last purchase to the reference date; 0 where it is missing",
  },
  {
    name: "frequency",
    label: "Frequency",
    unit: "orders",
    description:
      "Distinct orders, the same number as number_of_orders, so it counts twice; 0 where it is missing",
  },
  {
    name: "monetary",
    label: "Monetary value",
    unit: "BRL",
    description: "Sum of the prices of all items, without freight; 0 for a customer without items",
  },
  {
    name: "number_of_orders",
    label: "Number of orders",
    unit: "orders",
    description:
      "Distinct orders, the same number as frequency, so it counts twice; 0 where it is missing",
  },
  {
    name: "avg_order_value",
    label: "Average order value",
    unit: "BRL",
    description:
      "Mean price of an item, despite its name, and the same number as avg_product_category_value, so it counts twice; 0 for a customer without items",
  },
  {
    name: "total_order_items",
    label: "Items bought",
    unit: "items",
    description: "Items in all orders; 0 for a customer without items",
  },
  {
    name: "total_payment_value",
    label: "Total payments",
    unit: "BRL",
    description: "Sum of all payments, freight included; 0 for a customer without payments",
  },
  {
    name: "avg_payment_installments",
    label: "Average installments",
    unit: "installments",
    description: "Mean number of installments of a payment; 0 for a customer without payments",
  },
  {
    name: "avg_review_score",
    label: "Average review score",
    unit: "points",
    description:
      "Mean review score from 1 (worst) to 5 (best); 0 for a customer without reviews, below every score that can be given",
  },
  {
    name: "num_reviews",
    label: "Reviews",
    unit: "reviews",
    description: "Distinct reviews; 0 for a customer without reviews",
  },
  {
    name: "avg_product_category_value",
    label: "Average product value",
    unit: "BRL",
    description:
      "Mean price of an item, the same number as avg_order_value, so it counts twice; 0 for a customer without items",
  },
  {
    name: "num_unique_products",
    label: "Distinct products",
    unit: "products",
    description: "Distinct products bought; 0 for a customer without items",
  },
];
