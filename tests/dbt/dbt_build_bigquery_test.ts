import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { dbtBuild, type DbtBuildOptions, dbtDocs } from "feira/dbt";
import { type Effects, systemEffects, type Workspace } from "feira/workspace";
import { artefactsOf, UNIT_TEST } from "./_artefacts.ts";
import { fakeDbt, type FakeRun, logLine } from "./_fake_dbt.ts";

// The program in dbt's place is a shell script.
const ignore = Deno.build.os === "windows";

const started = logLine("MainReportVersion", {});

/** What the program does next. */
async function willRun({ root }: Workspace, run: FakeRun): Promise<void> {
  await Deno.writeTextFile(join(root, "run.json"), JSON.stringify(run));
}

/** The effects of a process with this environment and no more. */
function withEnv(env: Readonly<Record<string, string>>): Effects {
  return { ...systemEffects, env: (name) => env[name] };
}

const onBigQuery = withEnv({
  GOOGLE_CLOUD_PROJECT: "a-project",
  FEIRA_BIGQUERY_ENDPOINT: "http://127.0.0.1:1",
});

Deno.test("dbtBuild() builds every table on BigQuery, in the workspace's datasets", {
  ignore,
}, async () => {
  const artefacts = artefactsOf([
    { id: "model.feira.fact_sales", status: "success" },
    { id: UNIT_TEST, status: "pass" },
  ]);
  await using dbt = await fakeDbt({ lines: [started], artefacts }, "bigquery");
  const datasets = { raw: "raw_demo", staging: "staging_copy", analytics: "analytics_copy" };
  const built = await dbtBuild({ ...dbt.workspace, datasets }, { effects: onBigQuery });
  assert.deepEqual(built.models.map(({ name }) => name), ["fact_sales"]);
  const { args, env } = await dbt.call();
  assert.deepEqual(JSON.parse(args[args.indexOf("--vars") + 1]!), { project: "demo", datasets });
  assert.ok(!args.includes("--select") && !args.includes("unit_test"), args.join(" "));
  assert.equal(env["FEIRA_WAREHOUSE"], "bigquery");
  assert.equal(env["GOOGLE_CLOUD_PROJECT"], "a-project");
  assert.equal(env["FEIRA_BIGQUERY_ENDPOINT"], "http://127.0.0.1:1");
  assert.equal(env["FEIRA_DUCKDB_PATH"], undefined);
});

Deno.test("dbtBuild() runs no unit test again on BigQuery while the code is the same", {
  ignore,
}, async () => {
  const artefacts = artefactsOf([
    { id: "model.feira.fact_sales", status: "success" },
    { id: UNIT_TEST, status: "pass" },
  ]);
  await using dbt = await fakeDbt({ lines: [started], artefacts }, "bigquery");
  const leavesUnitTestsOut = async (options: DbtBuildOptions = {}, copy = "copy") => {
    const datasets = { ...dbt.workspace.datasets, staging: `staging_${copy}` };
    const { tests } = await dbtBuild({ ...dbt.workspace, datasets }, {
      ...options,
      effects: onBigQuery,
    });
    assert.equal(tests.passed, 1);
    const { args } = await dbt.call();
    return args.join(" ").includes("--exclude-resource-type unit_test");
  };
  assert.equal(await leavesUnitTestsOut(), false);
  const untested = artefactsOf([{ id: "model.feira.fact_sales", status: "success" }]);
  await willRun(dbt.workspace, { lines: [started], artefacts: untested });
  assert.equal(await leavesUnitTestsOut(), true);
  assert.equal(await leavesUnitTestsOut({}, "another_copy"), true);
  await willRun(dbt.workspace, { lines: [started], artefacts });
  assert.equal(await leavesUnitTestsOut({ full: true }), false);
  assert.equal(await leavesUnitTestsOut({ vars: { reference_date: "2018-09-01" } }), false);
  await Deno.writeTextFile(join(dbt.workspace.dbtDir, "a_model.sql"), "select 1");
  assert.equal(await leavesUnitTestsOut(), false);
});

Deno.test("dbtDocs() names the published datasets of a build in a run's copies", {
  ignore,
}, async () => {
  await using dbt = await fakeDbt({ lines: [started] }, "bigquery");
  const { dbtTargetDir } = dbt.workspace;
  await Deno.mkdir(dbtTargetDir, { recursive: true });
  const write = (name: string, text: string) => Deno.writeTextFile(join(dbtTargetDir, name), text);
  await write("partial_parse.msgpack", "parsed");
  await write("manifest.json", "select * from `analytics_copy`.`a`, `raw_demo`.`b`");
  const datasets = { raw: "raw_demo", staging: "staging_copy", analytics: "analytics_copy" };
  await write("run_results.json", JSON.stringify({ args: { vars: { datasets } } }));
  const page = await dbtDocs(dbt.workspace, { effects: onBigQuery });
  const manifest = await Deno.readTextFile(join(dirname(page!), "manifest.json"));
  assert.equal(manifest, "select * from `analytics_demo`.`a`, `raw_demo`.`b`");
});

Deno.test("dbtBuild() says what BigQuery asks of the user", { ignore }, async () => {
  await using dbt = await fakeDbt({}, "bigquery");
  const kindWith = async (msg: string, effects: Effects) => {
    const line = logLine("MainEncounteredError", {}, { level: "error", msg });
    await willRun(dbt.workspace, { lines: [started, line], code: 2 });
    return (await dbtBuild(dbt.workspace, { effects }).catch((error) => error)).kind;
  };
  assert.equal(await kindWith("", withEnv({})), "usage");
  for (
    const msg of [
      "Failed to authenticate with supplied credentials\nerror:\nYour default credentials",
      "Access Denied: Project a-project: User does not have bigquery.jobs.create permission",
    ]
  ) assert.equal(await kindWith(msg, onBigQuery), "environment", msg);
});
