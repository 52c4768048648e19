import { THIN_MARGIN } from "feira/segments";
import type { LoadColumn, Warehouse } from "feira/warehouse";

export const DATASET = "analytics_test";

const TYPES: Readonly<Record<string, LoadColumn["type"]>> = {
  segment_id: "integer",
  subsegment_id: "integer",
  margin: "float",
  subsegment_margin: "float",
  payment_value: "decimal",
  is_installment_payment: "boolean",
  days_to_delivery: "integer",
  is_delivered_late: "boolean",
  review_score: "integer",
};

/** Two segments, the first divided; order 3 never arrived, customer e never ordered. */
const TABLES: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  "dim_customer_segmented: customer_unique_id state segment_id subsegment_id margin subsegment_margin":
    [
      ["a", "SP", 0, 100, 0.9, 0.05],
      ["b", "SP", 0, 100, 0.09, 0.5],
      ["c", "RJ", 0, 101, THIN_MARGIN, 0.5],
      ["d", "RJ", 1, null, 0.4, null],
      ["e", "SP", 1, null, 0.01, null],
    ],
  "dim_product: product_id product_category_name product_category_name_english": [
    ["p1", "brinquedos", "toys"],
    ["p2", "pc_gamer", null],
    ["p3", null, null],
  ],
  "fact_sales: customer_unique_id product_id": [
    ["a", "p1"],
    ["a", "p1"],
    ["b", "p2"],
    ["d", "p1"],
    ["d", "p3"],
    ["stranger", "p1"],
  ],
  "fact_payments: customer_unique_id payment_type payment_value is_installment_payment": [
    ["a", "credit_card", 100.5, true],
    ["a", "credit_card", 10, false],
    ["b", "boleto", 40, false],
    ["b", "credit_card", 49.5, true],
    ["d", "voucher", 20, false],
  ],
  "fact_orders: order_id customer_unique_id days_to_delivery is_delivered_late": [
    ["o1", "a", 10, false],
    ["o2", "b", 20, true],
    ["o3", "c", null, false],
    ["o4", "d", 5, false],
    ["o5", "d", 8, true],
  ],
  "fact_reviews: order_id customer_unique_id review_score": [
    ["o1", "a", 5],
    ["o2", "b", 1],
    ["o3", "c", 1],
    ["o4", "d", 2],
    ["o5", "d", 4],
  ],
};

/** The marts of five customers, as small as a portrait reads them. */
export async function placeFive(warehouse: Warehouse): Promise<void> {
  await warehouse.replaceTables(
    DATASET,
    Object.entries(TABLES).map(([head, rows]) => {
      const [name, names] = head.split(": ") as [string, string];
      const columns = names.split(" ").map((name) => ({ name, type: TYPES[name] ?? "text" }));
      return {
        name,
        columns,
        from: {
          rows: rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]))),
        },
      };
    }),
  );
}
