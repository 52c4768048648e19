import assert from "node:assert/strict";
import { join } from "node:path";
import { dbtBuild, type DbtBuildOptions, dbtDocs, DbtError, readDbtResults } from "feira/dbt";
import { openWarehouse } from "feira/warehouse";
import type { Workspace } from "feira/workspace";
import { needsPython, skipped } from "./_dbt.ts";
import { projectCopy } from "./_market.ts";
import { hunt } from "./mutation/_hunt.ts";
import { tallyLines } from "./mutation/_tally.ts";
import { descendantsOf, readProject } from "./mutation/_project.ts";
import { loadTinyMarket, query } from "./_tiny_market.ts";

/** The real dbt project with the tiny market, in a file that is not called after the project. */
async function tinyWorkspace(): Promise<Workspace> {
  const own = await projectCopy("tiny");
  const workspace = { ...own, duckdbPath: join(own.root, ".tiny.1a2b.work") };
  await loadTinyMarket(workspace);
  return workspace;
}

/** 08_segment builds what stands on the published segments. */
const isOfMarts = (name: string) => !name.includes("segment");

/** What every table of the marts holds. */
async function fingerprints(workspace: Workspace): Promise<unknown> {
  await using warehouse = await openWarehouse(workspace);
  const { analytics } = workspace.datasets;
  const tables = await warehouse.listTables(analytics);
  return await Promise.all(tables.map(async ({ name }) => [
    name,
    await warehouse.fingerprint(analytics, name),
  ]));
}

Deno.test(`dbtBuild() builds the real project, and names a broken promise${skipped}`, {
  ...needsPython,
}, async (t) => {
  const workspace = await tinyWorkspace();
  const features = () =>
    query(
      workspace.duckdbPath,
      "from analytics_tiny.customer_features order by customer_unique_id",
    );

  await t.step("a hand-worked market gives hand-worked features", async () => {
    const results = await dbtBuild(workspace);
    assert.equal(results.tests.failed, 0);
    assert.ok(results.tests.passed > 200, `${results.tests.passed} tests`);
    assert.deepEqual(results.problems.map(({ name }) => name).sort(), [
      "orders_have_payments",
      "stg_products_categories_are_translated",
    ]);
    assert.deepEqual(await features(), [
      {
        customer_unique_id: "ana",
        recency: 30,
        frequency: 3,
        monetary: 200,
        number_of_orders: 3,
        avg_order_value: 50,
        total_order_items: 4,
        total_payment_value: 220,
        avg_payment_installments: 1.5,
        avg_review_score: 3.5,
        num_reviews: 2,
        avg_product_category_value: 50,
        num_unique_products: 3,
      },
      {
        customer_unique_id: "rui",
        recency: 0,
        frequency: 1,
        monetary: 0,
        number_of_orders: 1,
        avg_order_value: 0,
        total_order_items: 0,
        total_payment_value: 0,
        avg_payment_installments: 0,
        avg_review_score: 0,
        num_reviews: 0,
        avg_product_category_value: 0,
        num_unique_products: 0,
      },
    ]);
  });

  await t.step("its documentation is one page, made once for a build", async () => {
    const page = await dbtDocs(workspace);
    const made = (await Deno.stat(page!)).mtime;
    const text = await Deno.readTextFile(page!);
    // A description, and the query as it was run.
    assert.match(text, /One row per item of an order/);
    assert.match(text, /staging_tiny/);
    assert.equal(await dbtDocs(workspace), page);
    assert.deepEqual((await Deno.stat(page!)).mtime, made);
  });

  await t.step("mutants of a fact, a dimension and a view do not survive", async () => {
    // tests/dbt/mutation/mutate.ts hunts those of all models, on a market with more to mistake.
    const models = ["fact_payments", "dim_seller", "stg_orders"];
    const findings = await hunt(workspace.duckdbPath, await readProject(workspace), { models });
    const survivors = findings.filter(({ caughtBy }) => caughtBy === undefined);
    assert.ok(findings.length > 30, `${findings.length} mutants`);
    assert.ok(survivors.length <= 0.05 * findings.length, tallyLines(findings).join("\n"));
  });

  await t.step("views open when the file has another name", async () => {
    const renamed = join(workspace.root, "tiny.duckdb");
    await Deno.rename(workspace.duckdbPath, renamed);
    const rows = await query(renamed, "select count(*)::int as n from staging_tiny.stg_orders");
    await Deno.rename(renamed, workspace.duckdbPath);
    assert.deepEqual(rows, [{ n: 4 }]);
  });

  /** What a build built, and which unit tests it ran. */
  const buildAndName = async (options: DbtBuildOptions = {}) => {
    const [built, ended] = [new Set<string>(), new Set<string>()];
    const results = await dbtBuild(workspace, {
      ...options,
      onEvent: ({ kind, name }) => {
        if (["model", "seed", "snapshot"].includes(kind)) built.add(name);
        if (kind === "test") ended.add(name);
      },
    });
    const manifest = await Deno.readTextFile(join(workspace.dbtTargetDir, "manifest.json"));
    const tests = Object.values<{ name: string }>(JSON.parse(manifest).unit_tests);
    const unitTests = tests.map(({ name }) => name).filter((name) => ended.has(name));
    return { results, built: [...built].sort(), unitTests };
  };

  await t.step("where nothing has changed nothing is built, and all still counts", async () => {
    const before = await readDbtResults(workspace);
    const { results, built } = await buildAndName();
    assert.deepEqual(built, []);
    assert.deepEqual(results, before);
  });

  await t.step("changed rows are built with all that is made from them", async () => {
    const before = await readDbtResults(workspace);
    await query(workspace.duckdbPath, "update raw_tiny.order_reviews set review_score = 1");
    const { built: all } = await readProject(workspace);
    const reviews = descendantsOf("source.feira.raw.order_reviews", all);
    const expected = all.filter(({ id }) => reviews.has(id)).map(({ name }) => name);
    const { built, results, unitTests } = await buildAndName();
    assert.ok(built.length < all.length / 2 && built.includes("customer_features"));
    assert.deepEqual(built, expected.filter(isOfMarts).sort());
    // They have rows of their own: what they found before still counts.
    assert.deepEqual(unitTests, []);
    assert.deepEqual(results.tests, before!.tests);
  });

  await t.step("changed code is built with its unit tests, as by a full build", async () => {
    const model = join(workspace.dbtDir, "models", "marts", "finance", "payment_mix.sql");
    await Deno.writeTextFile(model, `${await Deno.readTextFile(model)}\n-- a change\n`);
    const { built, results, unitTests } = await buildAndName();
    assert.deepEqual(built, ["payment_mix"]);
    assert.ok(unitTests.length > 0);
    const published = await fingerprints(workspace);
    const full = await buildAndName({ full: true });
    assert.ok(full.unitTests.length > 10 * unitTests.length);
    assert.deepEqual(full.results.tests, results.tests);
    assert.deepEqual(await fingerprints(workspace), published);
  });

  await t.step("a doubled row is an error that names the test", async () => {
    await query(
      workspace.duckdbPath,
      "insert into raw_tiny.customers from raw_tiny.customers where customer_id = 'c4'",
    );
    const error = await dbtBuild(workspace).catch((error) => error);
    assert.ok(error instanceof DbtError, String(error));
    assert.match(
      error.message,
      /^Cannot publish stg_customers: test unique_stg_customers_customer_id found 1 row, must find none \(data.dbt.tiny.compiled.+\.sql\); \d+ skipped after that$/,
    );
    assert.equal(error.results.tests.failed, 1);
    assert.ok(error.results.models.some(({ status }) => status === "skipped"));
  });

  await Deno.remove(workspace.root, { recursive: true });
});
