import type { ColumnContract, ColumnType, TableContract, TableName } from "./contract.ts";

/** The 26 states and the Federal District. */
export const STATES = [
  ...["AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA"],
  ...["PB", "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO"],
] as const;

/** Where an order can be in its life. */
export const ORDER_STATUSES = [
  ...["created", "approved", "invoiced", "processing", "shipped", "delivered"],
  ...["canceled", "unavailable"],
] as const;

/** How an order can be paid; the source has a few `not_defined` of value 0. */
export const PAYMENT_TYPES = [
  ...["credit_card", "boleto", "voucher", "debit_card", "not_defined"],
] as const;

type ColumnDetails = Omit<ColumnContract, "name" | "type" | "nullable" | "description">;

/** A column that always has a value. */
function required(
  name: string,
  type: ColumnType,
  description: string,
  details: ColumnDetails = {},
): ColumnContract {
  return { name, type, nullable: false, description, ...details };
}

/** A column that the source leaves empty in some rows. */
function optional(
  name: string,
  type: ColumnType,
  description: string,
  details: ColumnDetails = {},
): ColumnContract {
  return { ...required(name, type, description, details), nullable: true };
}

const COUNT = { range: [0, 1_000_000] } as const;
const MONEY = { range: [0, 1_000_000] } as const;

/**
 * The nine files of the Brazilian E-Commerce Public Dataset by Olist: the one
 * place that knows their columns, types, keys and relations.
 *
 * Source: the dataset's page on Kaggle, `olistbr/brazilian-ecommerce`.
 *
 * @example
 * ```ts
 * import { TABLES } from "feira/olist";
 * import assert from "node:assert/strict";
 *
 * assert.equal(TABLES.length, 9);
 * assert.deepEqual(TABLES.find((table) => table.name === "order_payments")?.key, [
 *   "order_id",
 *   "payment_sequential",
 * ]);
 * ```
 */
export const TABLES: readonly TableContract[] = [
  {
    name: "product_category_name_translation",
    file: "product_category_name_translation.csv",
    grain: "one row per product category",
    key: ["product_category_name"],
    references: [],
    columns: [
      required("product_category_name", "text", "Category in Portuguese"),
      required("product_category_name_english", "text", "Category in English"),
    ],
  },
  {
    name: "customers",
    file: "olist_customers_dataset.csv",
    grain: "one row per order's customer record; one person has one unique id and many of these",
    key: ["customer_id"],
    references: [],
    columns: [
      required("customer_id", "id", "Key of the customer record of one order"),
      required("customer_unique_id", "id", "The person who buys"),
      required("customer_zip_code_prefix", "zip", "First five digits of the postal code"),
      required("customer_city", "text", "City, as the customer's address spells it"),
      required("customer_state", "text", "State, two letters", { values: STATES }),
    ],
  },
  {
    name: "sellers",
    file: "olist_sellers_dataset.csv",
    grain: "one row per seller",
    key: ["seller_id"],
    references: [],
    columns: [
      required("seller_id", "id", "Key of the seller"),
      required("seller_zip_code_prefix", "zip", "First five digits of the postal code"),
      required("seller_city", "text", "City, as the seller spells it"),
      required("seller_state", "text", "State, two letters", { values: STATES }),
    ],
  },
  {
    name: "products",
    file: "olist_products_dataset.csv",
    grain: "one row per product",
    key: ["product_id"],
    references: [{
      column: "product_category_name",
      table: "product_category_name_translation",
      foreignColumn: "product_category_name",
    }],
    columns: [
      required("product_id", "id", "Key of the product"),
      optional("product_category_name", "text", "Category in Portuguese"),
      optional("product_name_lenght", "integer", "Characters in the product's name", COUNT),
      optional("product_description_lenght", "integer", "Characters in its description", COUNT),
      optional("product_photos_qty", "integer", "Published photos", COUNT),
      optional("product_weight_g", "integer", "Weight in grams", COUNT),
      optional("product_length_cm", "integer", "Length in centimetres", COUNT),
      optional("product_height_cm", "integer", "Height in centimetres", COUNT),
      optional("product_width_cm", "integer", "Width in centimetres", COUNT),
    ],
  },
  {
    name: "orders",
    file: "olist_orders_dataset.csv",
    grain: "one row per order",
    key: ["order_id"],
    references: [{ column: "customer_id", table: "customers", foreignColumn: "customer_id" }],
    columns: [
      required("order_id", "id", "Key of the order"),
      required("customer_id", "id", "Key of the order's customer record"),
      required("order_status", "text", "Where the order is in its life", {
        values: ORDER_STATUSES,
      }),
      required("order_purchase_timestamp", "timestamp", "When it was bought"),
      optional("order_approved_at", "timestamp", "When its payment was approved"),
      optional("order_delivered_carrier_date", "timestamp", "When the carrier got it"),
      optional("order_delivered_customer_date", "timestamp", "When the customer got it"),
      required("order_estimated_delivery_date", "timestamp", "The delivery date promised"),
    ],
  },
  {
    name: "order_items",
    file: "olist_order_items_dataset.csv",
    grain: "one row per item of an order",
    key: ["order_id", "order_item_id"],
    references: [
      { column: "order_id", table: "orders", foreignColumn: "order_id" },
      { column: "product_id", table: "products", foreignColumn: "product_id" },
      { column: "seller_id", table: "sellers", foreignColumn: "seller_id" },
    ],
    columns: [
      required("order_id", "id", "Key of the order"),
      required("order_item_id", "integer", "Number of the item in its order, from 1", {
        range: [1, 1_000],
      }),
      required("product_id", "id", "Key of the product"),
      required("seller_id", "id", "Key of the seller"),
      required("shipping_limit_date", "timestamp", "When the seller must have shipped it"),
      required("price", "decimal", "Price of the item in BRL", MONEY),
      required("freight_value", "decimal", "The item's share of the freight in BRL", MONEY),
    ],
  },
  {
    name: "order_payments",
    file: "olist_order_payments_dataset.csv",
    grain: "one row per payment of an order",
    key: ["order_id", "payment_sequential"],
    references: [{ column: "order_id", table: "orders", foreignColumn: "order_id" }],
    columns: [
      required("order_id", "id", "Key of the order"),
      required("payment_sequential", "integer", "Number of the payment in its order, from 1", {
        range: [1, 1_000],
      }),
      required("payment_type", "text", "How it was paid", { values: PAYMENT_TYPES }),
      required("payment_installments", "integer", "Number of installments", { range: [0, 100] }),
      required("payment_value", "decimal", "Value of the payment in BRL", MONEY),
    ],
  },
  {
    name: "order_reviews",
    file: "olist_order_reviews_dataset.csv",
    grain: "one row per review and order; the source repeats some review_id over orders",
    key: ["review_id", "order_id"],
    references: [{ column: "order_id", table: "orders", foreignColumn: "order_id" }],
    columns: [
      required("review_id", "id", "Key of the review"),
      required("order_id", "id", "Key of the order"),
      required("review_score", "integer", "From 1 (worst) to 5 (best)", { range: [1, 5] }),
      optional("review_comment_title", "text", "Title of the comment, in Portuguese"),
      optional("review_comment_message", "text", "The comment, in Portuguese"),
      required("review_creation_date", "timestamp", "When the survey was sent"),
      required("review_answer_timestamp", "timestamp", "When it was answered"),
    ],
  },
  {
    name: "geolocation",
    file: "olist_geolocation_dataset.csv",
    grain: "one row per observed point of a zip prefix; whole rows repeat",
    key: [],
    references: [],
    columns: [
      required("geolocation_zip_code_prefix", "zip", "First five digits of the postal code"),
      required("geolocation_lat", "float", "Latitude in degrees", { range: [-90, 90] }),
      required("geolocation_lng", "float", "Longitude in degrees", { range: [-180, 180] }),
      required("geolocation_city", "text", "City, as found"),
      required("geolocation_state", "text", "State, two letters", { values: STATES }),
    ],
  },
];

/** The contract of one table. */
export function tableOf(name: TableName): TableContract {
  return TABLES.find((table) => table.name === name)!;
}
