import type { TableLoad, Warehouse } from "feira/warehouse";
import { DuckDBInstance } from "@duckdb/node-api";

/** An engine under the tests that every engine passes. */
export interface SuiteEngine {
  readonly name: string;
  /** Why its tests cannot run here, where they cannot. */
  readonly ignore: boolean;
  /** Runs a test on an empty warehouse of its own. */
  readonly withWarehouse: (work: (warehouse: Warehouse) => Promise<void>) => Promise<void>;
}

/** Registers a test of the suite for an engine. */
export function suiteTest(
  engine: SuiteEngine,
  title: string,
  work: (warehouse: Warehouse) => Promise<void>,
): void {
  Deno.test({
    name: `${engine.name}: ${title}`,
    ignore: engine.ignore,
    fn: () => engine.withWarehouse(work),
  });
}

/** A table of every type a load may have; its rows are what `query` gives back. */
export const ITEMS = {
  name: "items",
  comment: "one row per item",
  columns: [
    { name: "id", type: "text", description: "Key of the item" },
    { name: "quantity", type: "integer" },
    { name: "price", type: "decimal", description: "Price in BRL, the buyer's" },
    { name: "weight", type: "float" },
    { name: "sold_at", type: "timestamp" },
    { name: "due", type: "date" },
    { name: "is_gift", type: "boolean" },
  ],
  from: {
    rows: [
      {
        id: "a",
        quantity: 2,
        price: 10.35,
        weight: 0.5,
        sold_at: "2018-01-31 13:05:00",
        due: "2018-02-01",
        is_gift: true,
      },
      {
        id: "b",
        quantity: null,
        price: null,
        weight: null,
        sold_at: null,
        due: null,
        is_gift: null,
      },
    ],
  },
} as const satisfies TableLoad;

/** A table of one whole-number column `n`. */
export function numbersLoad(numbers: readonly unknown[], name = "numbers"): TableLoad {
  return {
    name,
    columns: [{ name: "n", type: "integer" }],
    from: { rows: numbers.map((n) => ({ n })) },
  };
}

/** Writes a DuckDB query's result to a Parquet file, for the time of a test. */
export async function withParquet(
  select: string,
  work: (parquet: string) => Promise<void>,
): Promise<void> {
  const parquet = await Deno.makeTempFile({ suffix: ".parquet" });
  try {
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    await connection.run(`copy (${select}) to '${parquet}' (format parquet)`);
    connection.closeSync();
    instance.closeSync();
    await work(parquet);
  } finally {
    await Deno.remove(parquet);
  }
}

/** All rows of a table in the order of its first column. */
export function rowsOf(warehouse: Warehouse, dataset: string, table: string): Promise<unknown[]> {
  return warehouse.query(`select * from ${warehouse.nameOf(dataset, table)} order by 1`);
}
