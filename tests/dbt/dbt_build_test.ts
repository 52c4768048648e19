import assert from "node:assert/strict";
import { join } from "node:path";
import { dbtBuild, type DbtBuildOptions, DbtError, type DbtEvent, readDbtResults } from "feira/dbt";
import { FeiraError } from "feira/workspace";
import { artefactsOf } from "./_artefacts.ts";
import { fakeDbt, logLine } from "./_fake_dbt.ts";

// The program in dbt's place is a shell script.
const ignore = Deno.build.os === "windows";

const started = logLine("MainReportVersion", {});
const modelEnded = logLine("LogModelResult", {
  index: 1,
  total: 2,
  execution_time: 0.5,
  node_info: { node_name: "fact_sales", node_status: "success", resource_type: "model" },
});

Deno.test("dbtBuild() streams events and returns what the artefacts say", { ignore }, async () => {
  const artefacts = artefactsOf([
    { id: "model.feira.fact_sales", status: "success" },
    { id: "test.feira.unique_key.1", status: "warn", failures: 2, message: "Got 2 results" },
  ]);
  await using dbt = await fakeDbt({ lines: [started, "not JSON", modelEnded], artefacts });
  const events: DbtEvent[] = [];
  const results = await dbtBuild(dbt.workspace, { onEvent: (event) => events.push(event) });
  assert.deepEqual(events.map(({ name, status }) => [name, status]), [["fact_sales", "success"]]);
  assert.deepEqual(results.tests, { passed: 0, warned: 1, failed: 0, skipped: 0 });
  assert.deepEqual(results, await readDbtResults(dbt.workspace));
});

Deno.test(
  "dbtBuild() gives dbt the workspace's folders, file and variables",
  { ignore },
  async () => {
    await using dbt = await fakeDbt({ lines: [started], artefacts: artefactsOf([]) });
    const vars = { reference_date: "2018-09-01", project: "other", datasets: {} };
    await dbtBuild(dbt.workspace, { vars });
    const { args, env } = await dbt.call();
    const after = (flag: string) => args[args.indexOf(flag) + 1];
    assert.equal(args[0], "build");
    assert.equal(after("--project-dir"), dbt.workspace.dbtDir);
    assert.equal(after("--target-path"), dbt.workspace.dbtTargetDir);
    assert.deepEqual(JSON.parse(after("--vars")!), {
      project: "demo",
      datasets: { raw: "raw_demo", staging: "staging_demo", analytics: "analytics_demo" },
      reference_date: "2018-09-01",
    });
    assert.equal(env["FEIRA_WAREHOUSE"], "duckdb");
    assert.equal(env["FEIRA_DUCKDB_PATH"], dbt.workspace.duckdbPath);
    assert.equal(env["PATH"], Deno.env.get("PATH"));
  },
);

Deno.test("dbtBuild() leaves the marts' artefacts when it builds a selector", {
  ignore,
}, async () => {
  const artefacts = artefactsOf([{ id: "model.feira.fact_sales", status: "success" }]);
  await using dbt = await fakeDbt({ lines: [started], artefacts });
  const { dbtTargetDir } = dbt.workspace;
  await Deno.mkdir(dbtTargetDir, { recursive: true });
  await Deno.writeTextFile(join(dbtTargetDir, "partial_parse.msgpack"), "parsed");
  const { models } = await dbtBuild(dbt.workspace, { selector: "segments" });
  assert.deepEqual(models.map(({ name }) => name), ["fact_sales"]);
  assert.equal(await readDbtResults(dbt.workspace), undefined);
  const { args } = await dbt.call();
  assert.equal(args[args.indexOf("--selector") + 1], "segments");
  const copy = join(dbtTargetDir, "segments", "partial_parse.msgpack");
  assert.equal(await Deno.readTextFile(copy), "parsed");
});

Deno.test("dbtBuild() builds what changed after a whole build, else everything", {
  ignore,
}, async () => {
  const passed = artefactsOf([{ id: "test.feira.sums_agree", status: "pass" }]);
  const failed = artefactsOf([{ id: "test.feira.sums_agree", status: "fail", failures: 1 }]);
  await using dbt = await fakeDbt({ lines: [started], artefacts: passed });
  const selected = async (options: DbtBuildOptions = {}) => {
    await dbtBuild(dbt.workspace, options).catch(() => {});
    const { args } = await dbt.call();
    return args.includes("--select") ? args.slice(args.indexOf("--select") + 1) : undefined;
  };
  assert.equal(await selected(), undefined);
  const model = join(dbt.workspace.dbtDir, "a_model.sql");
  await Deno.writeTextFile(model, "select 1");
  assert.deepEqual(await selected(), [
    ...["state:modified+", "--exclude", "source:published+", "source:scorer+"],
  ]);
  assert.equal(await selected({ full: true }), undefined);
  assert.equal(await selected({ vars: { reference_date: "2018-09-01" } }), undefined);
  await Deno.writeTextFile(
    join(dbt.workspace.root, "run.json"),
    JSON.stringify({ lines: [started], artefacts: failed, code: 1 }),
  );
  await Deno.writeTextFile(model, "select 2");
  assert.notEqual(await selected({ vars: { reference_date: "2018-09-01" } }), undefined);
  // Nobody knows what the build that failed has left.
  assert.equal(await selected({ vars: { reference_date: "2018-09-01" } }), undefined);
});

Deno.test("dbtBuild() does not start dbt where nothing changed", { ignore }, async () => {
  const artefacts = artefactsOf([{ id: "test.feira.sums_agree", status: "pass" }]);
  await using dbt = await fakeDbt({ lines: [started], artefacts });
  const first = await dbtBuild(dbt.workspace);
  await Deno.writeTextFile(
    join(dbt.workspace.root, "run.json"),
    JSON.stringify({ lines: [], code: 2 }),
  );
  assert.deepEqual(await dbtBuild(dbt.workspace), first);
  assert.deepEqual(await dbtBuild(dbt.workspace), first);
  await assert.rejects(() => dbtBuild(dbt.workspace, { full: true }), /dbt ended with code 2/);
});

Deno.test(
  "dbtBuild() names the first failing test, its model, rows and SQL",
  { ignore },
  async () => {
    const results = [
      { id: "test.feira.sums_agree", status: "warn", failures: 9 },
      { id: "test.feira.unique_key.1", status: "fail", failures: 3, message: "Got 3 results" },
      { id: "model.feira.fact_sales", status: "skipped" },
    ] as const;
    await using dbt = await fakeDbt({ lines: [started], artefacts: artefactsOf(results), code: 1 });
    const error = await dbtBuild(dbt.workspace).catch((error) => error);
    assert.ok(error instanceof DbtError);
    assert.equal(error.kind, "failed");
    assert.match(
      error.message,
      /^Cannot publish fact_sales: test unique_key found 3 rows, must find none \(.*compiled.unique_key\.sql\); 1 skipped after that$/,
    );
    assert.equal(error.results.tests.failed, 1);
  },
);

Deno.test("dbtBuild() names a model that cannot be built", { ignore }, async () => {
  const message = "Runtime Error in model fact_sales\n  Binder Error: no column prize";
  await using dbt = await fakeDbt({
    lines: [started],
    artefacts: artefactsOf([{ id: "model.feira.fact_sales", status: "error", message }]),
    code: 1,
  });
  await assert.rejects(
    () => dbtBuild(dbt.workspace),
    /^DbtError: Cannot build fact_sales: [^]*no column prize/,
  );
});

Deno.test("dbtBuild() has dbt's last words when it crashes", { ignore }, async () => {
  const line = logLine("MainEncounteredError", {}, {
    level: "error",
    msg: "Encountered an error:\nCompilation Error\n  \u001b[31mno such ref\u001b[0m",
  });
  await using dbt = await fakeDbt({ lines: [started, line], code: 2 });
  await assert.rejects(() => dbtBuild(dbt.workspace), (error) => {
    assert.ok(error instanceof FeiraError && !(error instanceof DbtError));
    assert.equal(
      error.message,
      "Cannot build the dbt project: dbt ended with code 2\nEncountered an error:\nCompilation Error\n  no such ref",
    );
    return true;
  });
});

Deno.test("dbtBuild() has Python's words when dbt cannot even start", { ignore }, async () => {
  await using dbt = await fakeDbt({ errorLines: ["ModuleNotFoundError: dbt"], code: 1 });
  await assert.rejects(() => dbtBuild(dbt.workspace), /code 1\nModuleNotFoundError: dbt$/);
});

Deno.test(
  "dbtBuild() does not take an earlier build's artefacts for this one's",
  { ignore },
  async () => {
    await using dbt = await fakeDbt({ lines: [started], code: 0 });
    const { run, manifest } = artefactsOf([{ id: "model.feira.fact_sales", status: "success" }]);
    const stale = { ...run, metadata: { invocation_id: "an-earlier-run" } };
    await Deno.mkdir(dbt.workspace.dbtTargetDir, { recursive: true });
    for (const [name, value] of Object.entries({ run_results: stale, manifest })) {
      const path = join(dbt.workspace.dbtTargetDir, `${name}.json`);
      await Deno.writeTextFile(path, JSON.stringify(value));
    }
    await assert.rejects(() => dbtBuild(dbt.workspace), /dbt ended with code 0/);
  },
);

Deno.test("dbtBuild() says who must let go of a locked file", { ignore }, async () => {
  const msg = "IO Error: Could not set lock on file x.duckdb: Conflicting lock is held";
  const line = logLine("MainEncounteredError", {}, { level: "error", msg });
  await using dbt = await fakeDbt({ lines: [started, line], code: 2 });
  const error = await dbtBuild(dbt.workspace).catch((error) => error);
  assert.equal(error.kind, "environment");
  assert.match(error.message, /Conflicting lock/);
});

Deno.test("dbtBuild() ends dbt when aborted", { ignore }, async () => {
  await using dbt = await fakeDbt({ lines: [started, modelEnded], hangs: true });
  const abort = new AbortController();
  const reason = new Error("Ctrl-C");
  const building = dbtBuild(dbt.workspace, {
    signal: abort.signal,
    onEvent: () => abort.abort(reason),
  });
  await assert.rejects(building, (error) => error === reason);
});

Deno.test("dbtBuild() ends dbt when the listener throws", { ignore }, async () => {
  await using dbt = await fakeDbt({ lines: [started, modelEnded], hangs: true });
  const onEvent = () => {
    throw new RangeError("mine");
  };
  await assert.rejects(() => dbtBuild(dbt.workspace, { onEvent }), /RangeError: mine/);
});

Deno.test("dbtBuild() refuses without raw tables", { ignore }, async () => {
  await using dbt = await fakeDbt({});
  await Deno.remove(dbt.workspace.duckdbPath);
  await assert.rejects(
    () => dbtBuild(dbt.workspace),
    (error) => error instanceof FeiraError && error.kind === "data",
  );
});
