import { publishSegments, type PublishSpec } from "feira/segments";
import type { TableLoad, Warehouse } from "feira/warehouse";
import { plantMarket } from "./_market.ts";
import { DATASET, placeCustomers, toPublishSpec } from "./_published.ts";

const { matrix } = plantMarket(120);

/** All customers, in the order of their ids. */
export const CUSTOMERS = matrix.customerIds;
export const [ana, rui] = CUSTOMERS as [string, string];

function table(name: string, columns: TableLoad["columns"], rows: readonly object[]): TableLoad {
  return { name, columns, from: { rows: rows as Record<string, unknown>[] } };
}

const texts = (...names: string[]) => names.map((name) => ({ name, type: "text" }) as const);

/** What Ana and Rui have bought and paid; Rui's items are of no category. */
const MARTS: readonly TableLoad[] = [
  table("dim_product", texts("product_id", "product_category_name_english"), [
    { product_id: "p1", product_category_name_english: "toys" },
    { product_id: "p2", product_category_name_english: "garden" },
    { product_id: "p3", product_category_name_english: "art" },
    { product_id: "p4", product_category_name_english: null },
  ]),
  table("fact_sales", [...texts("customer_unique_id", "product_id"), {
    name: "price",
    type: "decimal",
  }], [
    { customer_unique_id: ana, product_id: "p1", price: 10 },
    { customer_unique_id: ana, product_id: "p1", price: 10 },
    { customer_unique_id: ana, product_id: "p2", price: 15 },
    { customer_unique_id: ana, product_id: "p2", price: 6 },
    { customer_unique_id: ana, product_id: "p3", price: 900 },
    { customer_unique_id: rui, product_id: "p4", price: 1 },
  ]),
  table("fact_payments", [...texts("customer_unique_id", "payment_type"), {
    name: "payment_value",
    type: "decimal",
  }], [
    { customer_unique_id: ana, payment_type: "voucher", payment_value: 5 },
    { customer_unique_id: ana, payment_type: "voucher", payment_value: 5 },
    { customer_unique_id: ana, payment_type: "boleto", payment_value: 10 },
  ]),
  table("customer_features", [
    ...texts("customer_unique_id"),
    ...["recency", "frequency", "monetary", "num_reviews", "avg_review_score"].map((name) =>
      ({ name, type: "float" }) as const
    ),
  ], [
    {
      customer_unique_id: ana,
      recency: 12,
      frequency: 2,
      monetary: 941,
      num_reviews: 2,
      avg_review_score: 4.5,
    },
    {
      customer_unique_id: rui,
      recency: 9,
      frequency: 1,
      monetary: 1,
      num_reviews: 0,
      avg_review_score: 0,
    },
  ]),
];

/** Publishes segments of all customers, and the marts that a campaign reads. */
export async function publishCampaign(
  warehouse: Warehouse,
  more: Partial<PublishSpec> = {},
): Promise<PublishSpec> {
  await placeCustomers(warehouse, matrix.customerIds, { hasAddress: true });
  const spec = { ...await toPublishSpec(matrix), ...more };
  await publishSegments(warehouse, DATASET, spec);
  await warehouse.replaceTables(DATASET, MARTS);
  return spec;
}
