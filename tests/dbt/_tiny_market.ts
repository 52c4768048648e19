import { DuckDBInstance } from "@duckdb/node-api";
import { type TableName, TABLES } from "feira/olist";
import type { Workspace } from "feira/workspace";

const SQL_TYPES = {
  id: "varchar",
  zip: "varchar",
  text: "varchar",
  integer: "bigint",
  decimal: "decimal(18, 2)",
  float: "double",
  timestamp: "timestamp",
} as const;

/**
 * Ana bought twice and moved between; one review covers the two orders of one of her checkouts.
 * Rui's order has no items, no payment and no review.
 */
const ROWS: Record<TableName, readonly (readonly (string | number | null)[])[]> = {
  product_category_name_translation: [["cama", "bed"]],
  customers: [
    ["c1", "ana", "01310", "sao paulo", "SP"],
    ["c2", "ana", "20040", "rio de janeiro", "RJ"],
    ["c3", "ana", "20040", "rio de janeiro", "RJ"],
    ["c4", "rui", "69005", "manaus", "AM"],
  ],
  sellers: [["s1", "01310", "sao paulo", "SP"], ["s2", "20040", "rio de janeiro", "RJ"]],
  products: [
    ["p1", "cama", 10, 100, 1, 500, 10, 20, 30],
    ["p2", "sem traducao", 10, 100, 1, 500, 10, 20, 30],
    ["p3", null, null, null, null, null, null, null, null],
  ],
  orders: [
    order("o1", "c1", "delivered", "2017-05-01 10:00:00", "2017-05-10 12:00:00"),
    order("o2", "c2", "delivered", "2018-03-01 10:00:00", "2018-03-09 12:00:00"),
    order("o3", "c3", "shipped", "2018-03-01 10:00:00", null),
    order("o4", "c4", "unavailable", "2018-03-31 23:30:00", null),
  ],
  order_items: [
    ["o1", 1, "p1", "s1", "2017-05-03 10:00:00", 100.10, 10],
    ["o2", 1, "p1", "s1", "2018-03-03 10:00:00", 50, 5],
    ["o2", 2, "p2", "s2", "2018-03-03 10:00:00", 20, 5],
    ["o3", 1, "p3", "s2", "2018-03-03 10:00:00", 29.90, 0],
  ],
  order_payments: [
    ["o1", 1, "credit_card", 3, 110.10],
    ["o2", 1, "boleto", 1, 60],
    ["o2", 2, "voucher", 1, 20],
    ["o3", 1, "credit_card", 1, 29.90],
  ],
  order_reviews: [
    ["r1", "o1", 5, null, "Ótimo", "2017-05-11 00:00:00", "2017-05-12 10:00:00"],
    ["r2", "o2", 2, null, null, "2018-03-10 00:00:00", "2018-03-11 10:00:00"],
    ["r2", "o3", 2, null, null, "2018-03-10 00:00:00", "2018-03-11 10:00:00"],
  ],
  geolocation: [
    ["01310", -23.5, -46.6, "sao paulo", "SP"],
    ["20040", -22.9, -43.2, "rio de janeiro", "RJ"],
    ["69005", -3.1, -60.0, "manaus", "AM"],
  ],
};

function order(id: string, customer: string, status: string, bought: string, got: string | null) {
  return [id, customer, status, bought, bought, got, got, "2018-04-10 00:00:00"];
}

/** Loads the rows as 03_load would: typed, with load_timestamp. */
export async function loadTinyMarket({ duckdbPath, datasets }: Workspace): Promise<void> {
  const lines = [`create schema ${datasets.raw}`];
  for (const { name, columns } of TABLES) {
    const types = columns.map((column) => `${column.name} ${SQL_TYPES[column.type]}`);
    const rows = ROWS[name].map((row) => `(${row.map(toLiteral).join(", ")})`);
    lines.push(
      `create table ${datasets.raw}.${name} (${types.join(", ")})`,
      `insert into ${datasets.raw}.${name} values ${rows.join(", ")}`,
      `alter table ${datasets.raw}.${name} add column load_timestamp timestamp default timestamp '2018-11-01 09:00:00'`,
    );
  }
  await query(duckdbPath, lines.join(";\n"));
}

/** Runs SQL and returns the rows of its last statement, as JSON values. */
export async function query(duckdbPath: string, sql: string) {
  const instance = await DuckDBInstance.create(duckdbPath);
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function toLiteral(value: string | number | null): string {
  if (value === null) return "null";
  return typeof value === "number" ? String(value) : `'${value}'`;
}
