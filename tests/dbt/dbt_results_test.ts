import assert from "node:assert/strict";
import { join } from "node:path";
import { readDbtResults } from "feira/dbt";
import { FeiraError, openWorkspace } from "feira/workspace";
import { toDbtResults } from "../../lib/dbt/dbt_results.ts";
import { artefactsOf, UNIT_TEST } from "./_artefacts.ts";

const workspace = openWorkspace({ root: "/ws", project: "demo", engine: "duckdb" });

Deno.test("toDbtResults() tells models with their layer from tests with their counts", () => {
  const results = toDbtResults(
    artefactsOf([
      { id: "seed.feira.states", status: "success" },
      { id: "model.feira.stg_orders", status: "success" },
      { id: "model.feira.fact_sales", status: "success" },
      { id: UNIT_TEST, status: "pass", failures: 0 },
      { id: "test.feira.unique_key.1", status: "pass", failures: 0 },
      { id: "test.feira.sums_agree", status: "warn", failures: 4, message: "Got 4 results" },
    ]),
    workspace,
  );
  assert.equal(results.seconds, 1.5);
  assert.deepEqual(
    results.models.map(({ name, layer, materialized }) => [name, layer, materialized]),
    [
      ["states", "seeds", "seed"],
      ["stg_orders", "staging", "view"],
      ["fact_sales", "sales", "table"],
    ],
  );
  assert.deepEqual(results.tests, { passed: 2, warned: 1, failed: 0, skipped: 0 });
  assert.deepEqual(results.problems, [{
    name: "sums_agree",
    node: "stg_orders",
    status: "warn",
    message: "Got 4 results",
    failures: 4,
    compiledPath: "data/dbt/demo/compiled/sums_agree.sql",
  }]);
});

Deno.test("toDbtResults() puts what failed first and what was skipped last", () => {
  const results = toDbtResults(
    artefactsOf([
      { id: "test.feira.sums_agree", status: "warn", failures: 1 },
      { id: "model.feira.fact_sales", status: "skipped" },
      { id: "test.feira.unique_key.1", status: "error", message: "Binder Error" },
      { id: UNIT_TEST, status: "fail", failures: 1, message: "actual differs" },
    ]),
    workspace,
  );
  assert.deepEqual(results.problems.map(({ status }) => status), [
    "error",
    "fail",
    "warn",
    "skipped",
  ]);
  assert.deepEqual(results.tests, { passed: 0, warned: 1, failed: 2, skipped: 0 });
  assert.equal(results.problems[1]?.failures, null, "a unit test finds a difference, not rows");
});

Deno.test("toDbtResults() names a node that the manifest has no more", () => {
  const { run, manifest } = artefactsOf([{ id: "model.feira.fact_sales", status: "error" }]);
  const results = toDbtResults({ run, manifest: { ...manifest, nodes: {} } }, workspace);
  assert.equal(results.models[0]?.name, "fact_sales");
  assert.equal(results.problems[0]?.node, "fact_sales");
});

Deno.test("readDbtResults() is undefined before the first build and rejects broken artefacts", async () => {
  const root = await Deno.makeTempDir();
  const here = openWorkspace({ root, project: "demo", engine: "duckdb" });
  assert.equal(await readDbtResults(here), undefined);
  await Deno.mkdir(here.dbtTargetDir, { recursive: true });
  await Deno.writeTextFile(join(here.dbtTargetDir, "run_results.json"), "{");
  await assert.rejects(() => readDbtResults(here), (error) => {
    assert.ok(error instanceof FeiraError);
    assert.match(error.message, /run_results\.json/);
    return true;
  });
  await Deno.remove(root, { recursive: true });
});
