import { cleanRawData, cleanTables } from "feira/clean";
import { dbtBuild, type DbtBuildOptions, type DbtResults } from "feira/dbt";
import { placeRawData } from "feira/ingest";
import { openBigQuery, openWarehouse, type Warehouse } from "feira/warehouse";
import { type Effects, systemEffects, toWorkWorkspace, type Workspace } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";
import { marketCopy } from "../dbt/_market.ts";
import { publishEverybody } from "../dbt/_publish_everybody.ts";
import { EMULATOR, ignore, newProject } from "./_bigquery.ts";
import { comparable, DIFFERENCES } from "./_differences.ts";
import { changeRaw } from "./_second_load.ts";

const REAL = Deno.env.get("FEIRA_OLIST_DIR");
const LOADED = Temporal.PlainDateTime.from("2018-11-01T09:00:00");

/** One engine with its workspace. */
interface Side {
  readonly workspace: Workspace;
  readonly effects: Effects;
  readonly open: () => Promise<Warehouse>;
}

/** The same market and the same project on both engines; BigQuery builds in a run's copies. */
interface Market extends AsyncDisposable {
  readonly duckdb: Side;
  readonly bigquery: Side;
}

async function openMarket(): Promise<Market> {
  const workspace = await marketCopy("market", { orders: 200 });
  const own = { GOOGLE_CLOUD_PROJECT: newProject(), FEIRA_BIGQUERY_ENDPOINT: EMULATOR };
  const effects: Effects = {
    ...systemEffects,
    env: (name) => ({ ...Deno.env.toObject(), ...own })[name],
  };
  const work = { id: "1a2b3c4d", kinds: ["staging", "analytics"] } as const;
  const onBigQuery = toWorkWorkspace({
    ...workspace,
    engine: "bigquery",
    dbtTargetDir: join(workspace.dbtTargetDir, "bigquery"),
  }, work);
  return {
    duckdb: { workspace, effects: systemEffects, open: () => openWarehouse(workspace) },
    bigquery: {
      workspace: onBigQuery,
      effects,
      open: () =>
        openBigQuery(onBigQuery, { effects, patience: { totalMs: 300_000, pauseMs: 60 } }),
    },
    [Symbol.asyncDispose]: () => Deno.remove(workspace.root, { recursive: true }),
  };
}

/** Does the same on both engines, one after the other. */
async function onBoth(
  { duckdb, bigquery }: Market,
  work: (warehouse: Warehouse, side: Side) => Promise<unknown>,
): Promise<void> {
  for (const side of [duckdb, bigquery]) {
    await using warehouse = await side.open();
    await work(warehouse, side);
  }
}

/** Builds on both engines at once, and holds what the tests found on one to the other's. */
async function build(
  { duckdb, bigquery }: Market,
  options: DbtBuildOptions = {},
): Promise<DbtResults> {
  const [expected, found] = await Promise.all(
    [duckdb, bigquery].map(({ workspace, effects }) =>
      dbtBuild(workspace, { ...options, effects })
    ),
  );
  const told = ({ tests, problems }: DbtResults) => ({
    tests,
    problems: problems.map(({ name, failures }) => `${name}: ${failures}`).sort(),
  });
  assert.deepEqual(told(found!), told(expected!));
  assert.deepEqual(
    found!.models.map(({ name }) => name).sort(),
    expected!.models.map(({ name }) => name).sort(),
  );
  return found!;
}

/** DuckDB's types in BigQuery's words; a query of NUMERIC(18, 2) is of NUMERIC there. */
const TYPES: Readonly<Record<string, string>> = {
  VARCHAR: "STRING",
  BIGINT: "INT64",
  DOUBLE: "FLOAT64",
  "DECIMAL(18,2)": "NUMERIC",
  "NUMERIC(18, 2)": "NUMERIC",
  TIMESTAMP: "DATETIME",
  BOOLEAN: "BOOL",
};

/** The columns of all tables and views of a dataset in their order, with BigQuery's types. */
async function columnsOf(warehouse: Warehouse, dataset: string): Promise<string[]> {
  const [from, where] = warehouse.engine === "duckdb"
    ? ["information_schema.columns", `table_schema = '${dataset}'`]
    : [`${dataset}.INFORMATION_SCHEMA.COLUMNS`, "true"];
  const rows = await warehouse.query<Record<"table_name" | "column_name" | "data_type", string>>(
    `select table_name, column_name, data_type from ${from}
     where ${where} order by table_name, ordinal_position`,
  );
  return rows.map(({ table_name, column_name, data_type }) =>
    `${table_name}.${column_name} ${TYPES[data_type] ?? data_type}`
  );
}

/**
 * Compares every table and view of all datasets, by columns, types and values;
 * returns how many there are.
 */
async function compareTables({ duckdb, bigquery }: Market): Promise<number> {
  await using one = await duckdb.open();
  await using other = await bigquery.open();
  let count = 0;
  for (const kind of ["raw", "staging", "analytics"] as const) {
    const [expected, found] = [
      duckdb.workspace.datasets[kind],
      bigquery.workspace.datasets[kind],
    ];
    const named = async (warehouse: Warehouse, dataset: string) =>
      (await warehouse.listTables(dataset)).map(({ name, kind }) => `${kind} ${name}`);
    const tables = await named(one, expected);
    assert.deepEqual(await named(other, found), tables);
    assert.deepEqual(await columnsOf(other, found), await columnsOf(one, expected));
    count += tables.length;
    for (const table of tables.map((text) => text.split(" ")[1]!)) {
      const rows = async (warehouse: Warehouse, dataset: string) =>
        comparable(
          table,
          await warehouse.query(`select * from ${warehouse.nameOf(dataset, table)}`),
        );
      assert.deepEqual(await rows(other, found), await rows(one, expected), table);
    }
  }
  return count;
}

/** What 08_segment publishes, with one segment for all. */
function publishSegments(warehouse: Warehouse, { workspace }: Side): Promise<void> {
  const { analytics } = workspace.datasets;
  return publishEverybody({
    query: (sql) => warehouse.query(sql),
    nameOf: (table) => warehouse.nameOf(analytics, table),
    float: warehouse.engine === "duckdb" ? "double" : "float64",
  });
}

const title = "BigQuery: every table that dbt builds is DuckDB's, value by value";

Deno.test({
  name: title,
  ignore,
  fn: async (t) => {
    await using market = await openMarket();
    const { bigquery } = market;

    await t.step("after the first load", async () => {
      await using warehouse = await bigquery.open();
      const { raw } = bigquery.workspace.datasets;
      await warehouse.replaceTables(raw, cleanTables(bigquery.workspace), {
        loadTimestamp: LOADED,
      });
      const { tests } = await build(market);
      assert.ok(tests.passed > 300, `${tests.passed} tests`);
      assert.ok(await compareTables(market) > 50);
    });

    await t.step("after a second load, by merges and snapshots", async () => {
      await onBoth(
        market,
        (warehouse, { workspace }) => changeRaw(warehouse, workspace.datasets.raw),
      );
      await build(market);
      await compareTables(market);
      const merged = join(
        bigquery.workspace.dbtTargetDir,
        "run/feira/models/marts/operations/fact_orders.sql",
      );
      assert.match(await Deno.readTextFile(merged), /merge into[^]+not matched by source/);
      await using warehouse = await bigquery.open();
      const history = warehouse.nameOf(
        bigquery.workspace.datasets.analytics,
        "dim_product_history",
      );
      const ended = await warehouse.query(
        `select * from ${history} where dbt_valid_to is not null`,
      );
      assert.equal(ended.length, 1);
    });

    await t.step("with published segments", async () => {
      await onBoth(market, publishSegments);
      const { models } = await build(market, { selector: "segments" });
      assert.ok(models.some(({ name }) => name === "segment_scorecard"));
      await compareTables(market);
    });

    await t.step("in the run's copies, and nowhere else", async () => {
      await using warehouse = await bigquery.open();
      for (const dataset of ["staging_market", "analytics_market"]) {
        assert.deepEqual(await warehouse.listTables(dataset), []);
      }
    });

    await t.step({
      name: "of the real market",
      ignore: REAL === undefined,
      fn: async () => {
        const effects = { ...systemEffects, log: () => {} };
        const { workspace } = market.duckdb;
        await Deno.remove(workspace.rawDir, { recursive: true });
        await placeRawData(workspace, { raw: REAL!, effects });
        await cleanRawData(workspace, { effects });
        await onBoth(
          market,
          (warehouse, { workspace }) =>
            warehouse.replaceTables(workspace.datasets.raw, cleanTables(workspace), {
              loadTimestamp: LOADED,
            }),
        );
        await build(market);
        await compareTables(market);
      },
    });
  },
});

Deno.test("docs/bigquery.md names the columns whose values are not DuckDB's", async () => {
  const docs = await Deno.readTextFile(new URL("../../docs/bigquery.md", import.meta.url));
  for (const { tables, columns, reason } of DIFFERENCES) {
    for (const name of [...tables, ...columns]) assert.ok(docs.includes(`\`${name}\``), name);
    assert.ok(docs.replace(/\s+/g, " ").includes(reason), reason);
  }
});
