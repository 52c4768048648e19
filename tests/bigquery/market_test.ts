import { cleanRawData, cleanTables } from "feira/clean";
import { placeRawData, type RawDataSpec } from "feira/ingest";
import { openWarehouse, type Warehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { ignore, openTestBigQuery } from "./_bigquery.ts";

const REAL = Deno.env.get("FEIRA_OLIST_DIR");
const LOADED = Temporal.PlainDateTime.from("2018-09-01T09:00:00");

/** Every row of a table as a text, sorted: equal where the tables are, whatever their order. */
async function rowsIn(warehouse: Warehouse, table: string): Promise<string[]> {
  const rows = await warehouse.query(`select * from ${warehouse.nameOf("raw_olist", table)}`);
  return rows.map((row) => JSON.stringify(row)).sort();
}

/** Loads a market's nine tables into both engines and compares them value by value. */
async function compareEngines(spec: RawDataSpec): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "feira-market-" });
  try {
    const effects = { ...systemEffects, log: () => {}, env: () => undefined };
    const workspace = openWorkspace({ root, effects });
    const { banner } = await placeRawData(workspace, { ...spec, effects });
    await cleanRawData(workspace, { effects });
    await using duckdb = await openWarehouse(workspace);
    await using bigquery = await openTestBigQuery({ patience: { totalMs: 300_000 } });
    const options = { loadTimestamp: LOADED, comment: banner ?? "Olist" };
    const tables = cleanTables(workspace);
    const loaded = await duckdb.replaceTables("raw_olist", tables, options);
    assert.deepEqual(await bigquery.replaceTables("raw_olist", tables, options), loaded);
    assert.deepEqual(await bigquery.listTables("raw_olist"), await duckdb.listTables("raw_olist"));
    assert.equal(loaded.length, 9);
    for (const { name, rows } of loaded) {
      const expected = await rowsIn(duckdb, name);
      assert.equal(expected.length, rows);
      assert.deepEqual(await rowsIn(bigquery, name), expected, name);
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test({
  name: "BigQuery: the nine tables of a synthetic market are DuckDB's, value by value",
  ignore,
  fn: () => compareEngines({ syntheticOrders: 500, seed: 7 }),
});

Deno.test({
  name: "BigQuery: the nine tables of the real market are DuckDB's, value by value",
  ignore: ignore || REAL === undefined,
  fn: () => compareEngines({ raw: REAL }),
});
