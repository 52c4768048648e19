import type { Expression } from "./expression.ts";
import { type Feature, FEATURES } from "./features.ts";
import type { PresetName } from "./fitted_features.ts";

/** A feature of a preset, and how it is made from the twelve. */
export interface PresetFeature extends Feature {
  /** Which of the twelve it tells. */
  readonly from: string;
  readonly expression: Expression;
}

/**
 * Five features without what counts twice, tails drawn in, what a customer does
 * not have missing instead of 0.
 *
 * Left out of the twelve: `frequency` (is `number_of_orders`), `avg_order_value`
 * and `avg_product_category_value` (the price of an item, in `monetary` and the
 * items again), `total_payment_value` (is `monetary` with freight),
 * `num_unique_products` and `num_reviews` (follow the items and the orders).
 */
const REFINED: readonly PresetFeature[] = [
  {
    name: "recency",
    label: "Recency",
    unit: "days",
    description: "Days from the last purchase to the reference date, as it is: its tail is short",
    from: "recency",
    expression: "recency",
  },
  {
    name: "log_monetary",
    label: "Monetary value",
    unit: "ln(1 + BRL)",
    description: "Logarithm of 1 + the prices of all items, so that a ratio of prices counts",
    from: "monetary",
    expression: { ln: { sum: [1, "monetary"] } },
  },
  {
    name: "log_items_per_order",
    label: "Items per order",
    unit: "ln(items per order)",
    description: "Logarithm of items / orders; missing for a customer without items",
    from: "total_order_items",
    expression: {
      where: "total_order_items",
      value: { ln: { ratio: ["total_order_items", "number_of_orders"] } },
    },
  },
  {
    name: "sqrt_installments",
    label: "Installments",
    unit: "√installments",
    description:
      "Square root of the mean number of installments of a payment; missing without payments",
    from: "avg_payment_installments",
    expression: { where: "avg_payment_installments", value: { sqrt: "avg_payment_installments" } },
  },
  {
    name: "review_score",
    label: "Review score",
    unit: "points",
    description: "Mean review score from 1 (worst) to 5 (best); missing without reviews",
    from: "avg_review_score",
    expression: { where: "num_reviews", value: "avg_review_score" },
  },
];

/**
 * The features that each preset describes a customer by. `guide`: the twelve of
 * {@linkcode FEATURES} as they are. `refined`: five made from them.
 *
 * @example
 * ```ts
 * import { PRESETS, toSql } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * assert.equal(PRESETS.guide.length, 12);
 * const score = PRESETS.refined.find(({ name }) => name === "review_score")!;
 * assert.equal(toSql(score.expression), "case when num_reviews > 0 then avg_review_score end");
 * ```
 */
export const PRESETS: Readonly<Record<PresetName, readonly PresetFeature[]>> = {
  guide: FEATURES.map((feature) => ({ ...feature, from: feature.name, expression: feature.name })),
  refined: REFINED,
};
