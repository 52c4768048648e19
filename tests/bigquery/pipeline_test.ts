import { openBigQuery, openWarehouse, type Warehouse } from "feira/warehouse";
import { openWorkspace, systemEffects, withVariables } from "feira/workspace";
import assert from "node:assert/strict";
import { MARKET, pipelineRun } from "../_pipeline_run.ts";
import {
  type CommandEnd,
  copyWorkspace,
  endOf,
  endOfReading,
  type WorkspaceCopy,
} from "../cli/_workspace_copy.ts";
import { EMULATOR, ignore, newProject } from "./_bigquery.ts";
import { comparable } from "./_differences.ts";

const REAL = Deno.env.get("FEIRA_OLIST_DIR");

/** Takes seven minutes: CI has it of what dbt builds, in dbt_test.ts, and leaves this out. */
const isWanted = REAL !== undefined && Deno.env.get("FEIRA_BIGQUERY_REAL") === "1";

/** What tells when a row was made, not what it is; only whether it is NULL is compared. */
const MOMENTS = ["load_timestamp", "segmented_at", "valid_from", "valid_to"];

/** A workspace whose warehouse is the emulator's, in a project that nobody else has. */
interface OnBigQuery extends AsyncDisposable {
  readonly workspace: WorkspaceCopy;
  readonly start: (...args: string[]) => Deno.ChildProcess;
  readonly run: (...args: string[]) => Promise<CommandEnd>;
  readonly effects: typeof systemEffects;
}

async function onBigQuery(): Promise<OnBigQuery> {
  const workspace = await copyWorkspace();
  const variables = {
    FEIRA_WAREHOUSE: "bigquery",
    FEIRA_BIGQUERY_ENDPOINT: EMULATOR,
    GOOGLE_CLOUD_PROJECT: newProject(),
    PROJECT_NAME: "olist",
  };
  const start = (...args: string[]) => workspace.start("run", args, variables);
  return {
    workspace,
    start,
    run: (...args) => endOf(start(...args)),
    effects: withVariables({ ...systemEffects, log: () => {} }, variables),
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}

async function openPlace({ effects }: OnBigQuery) {
  const workspace = openWorkspace({ effects });
  return { workspace, warehouse: await openBigQuery(workspace, { effects }) };
}

/** All tables and views of both, value by value, in whatever order; gives how many. */
async function assertSameTables(place: OnBigQuery, duckdbRoot: string): Promise<number> {
  const effects = { ...systemEffects, env: () => undefined };
  await using duckdb = await openWarehouse(openWorkspace({ root: duckdbRoot, effects }), {
    readOnly: true,
  });
  const { workspace, warehouse } = await openPlace(place);
  await using bigquery = warehouse;
  let count = 0;
  for (const dataset of Object.values(workspace.datasets)) {
    const tables = await duckdb.listTables(dataset);
    assert.deepEqual(await bigquery.listTables(dataset), tables);
    for (const { name } of tables) {
      const [found, expected] = [
        await rowsIn(bigquery, dataset, name),
        await rowsIn(duckdb, dataset, name),
      ];
      assert.deepEqual(found, expected, `${dataset}.${name}`);
      assert.deepEqual(
        await bigquery.loadColumns(dataset, name),
        await duckdb.loadColumns(dataset, name),
      );
    }
    count += tables.length;
  }
  return count;
}

async function rowsIn(warehouse: Warehouse, dataset: string, name: string): Promise<string[]> {
  const rows = await warehouse.query(`select * from ${warehouse.nameOf(dataset, name)}`);
  const masked = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) =>
        MOMENTS.includes(column) && value !== null ? [column, "there"] : [column, value]
      ),
    )
  );
  return comparable(name, masked);
}

/** What changes when a published table or view does. */
async function versionsOf(place: OnBigQuery): Promise<object> {
  const { workspace, warehouse } = await openPlace(place);
  const versions: Record<string, string> = {};
  for (const dataset of Object.values(workspace.datasets)) {
    for (const [name, version] of (await warehouse.tableVersions(dataset))!) {
      versions[`${dataset}.${name}`] = version;
    }
  }
  return versions;
}

Deno.test({
  name: "deno task run --warehouse bigquery",
  ignore,
  async fn(t) {
    await using place = await onBigQuery();

    await t.step("finds before anything runs that no project is named", async () => {
      const env = { FEIRA_WAREHOUSE: "bigquery", GOOGLE_CLOUD_PROJECT: "" };
      const { code, text } = await endOf(place.workspace.start("run", MARKET, env));
      assert.equal(code, 2, text);
      assert.match(
        text,
        /GOOGLE_CLOUD_PROJECT is not set, must be the id of the project that pays/,
      );
      assert.doesNotMatch(text, /01_ingest/);
    });

    await t.step("runs the nine notebooks", async () => {
      const { code, text } = await place.run(...MARKET);
      assert.equal(code, 0, text);
      assert.match(text, /Notebooks +9 ran, 0 fresh, 0 failed/);
      assert.match(text, /^Gate +passed$/m);
      assert.match(text, /^Billed +0 B/m);
    });

    await t.step("makes what DuckDB makes, value by value", async () => {
      await using run = await pipelineRun();
      assert.equal(run.end.code, 0, run.end.text);
      assert.ok(await assertSameTables(place, run.root) > 40);
    });

    await t.step("runs nothing when nothing has changed", async () => {
      const before = await versionsOf(place);
      const { text } = await place.run(...MARKET);
      assert.match(text, /Notebooks +0 ran, 9 fresh, 0 failed/);
      assert.deepEqual(await versionsOf(place), before);
    });

    /** Cuts a notebook when it has begun to write. */
    const cut = async (from: string, moment: RegExp) => {
      for (const signal of ["SIGINT", "SIGKILL"] as const) {
        await t.step(`leaves every table as it was when ${signal} ends ${from}`, async () => {
          const before = await versionsOf(place);
          const child = place.start(...MARKET, "--from", from, "--log", "json");
          const { code, text } = await endOfReading(child, moment, () => child.kill(signal));
          assert.match(text, moment);
          assert.notEqual(code, 0);
          if (signal === "SIGINT") assert.match(text, /Interrupted: all tables are as they were/);
          assert.deepEqual(await versionsOf(place), before);
        });
      }
    };
    // The last one first: one that was cut runs again before those that need it.
    await cut("08", /"cell finished","notebook":"08_segment","cell":12/);
    await cut("04", /"output","notebook":"04_transform".*model \w+: success/);
    await t.step("leaves every table as it was when a data test fails", async () => {
      const before = await versionsOf(place);
      const test = place.workspace.path("dbt", "tests", "never.sql");
      await Deno.writeTextFile(test, "select order_id from {{ ref('stg_orders') }}\n");
      const { code, text } = await place.run(...MARKET, "--only", "04");
      assert.equal(code, 1, text);
      assert.match(text, /04_transform\.ipynb: cell \d+.*[\s\S]*never/);
      assert.deepEqual(await versionsOf(place), before);
      await Deno.remove(test);
    });
    await cut("03", /"cell finished","notebook":"03_load","cell":2/);
  },
});

Deno.test({
  name: "deno task run --warehouse bigquery makes of the real market what DuckDB makes of it" +
    (isWanted ? "" : " (skipped: needs FEIRA_OLIST_DIR and FEIRA_BIGQUERY_REAL=1)"),
  ignore: ignore || !isWanted,
  async fn() {
    await using place = await onBigQuery();
    await using duckdb = await copyWorkspace();
    for (const child of [place.start("--raw", REAL!), duckdb.start("run", ["--raw", REAL!])]) {
      const { code, text } = await endOf(child);
      assert.equal(code, 0, text);
    }
    assert.ok(await assertSameTables(place, duckdb.root) > 40);
  },
});
