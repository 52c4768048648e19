import assert from "node:assert/strict";
import { listTablesWithFingerprints, readVersions } from "./_published.ts";
import { MARKET, pipelineRun } from "../_pipeline_run.ts";
import {
  type CommandEnd,
  copyWorkspace,
  endOf,
  endOfReading,
  type WorkspaceCopy,
} from "./_workspace_copy.ts";

const NOTEBOOKS = [
  ...["01_ingest", "02_clean", "03_load", "04_transform", "05_marts"],
  ...["06_features", "07_tune", "08_segment", "09_interpret"],
];

// deno-lint-ignore no-explicit-any -- read as a program of somebody else would
const readJson = async (path: string): Promise<any> => JSON.parse(await Deno.readTextFile(path));

/** Runs with faulty input must fail so, and leave every published table as it was. */
async function assertRefused(
  workspace: WorkspaceCopy,
  args: readonly string[],
  expected: { code: number; text: readonly RegExp[] },
): Promise<void> {
  const before = await listTablesWithFingerprints(workspace);
  assert.ok(before.some(([name]) => name.endsWith(".dim_customer_segmented")));
  const { code, text } = await workspace.command("run", ...args);
  assert.equal(code, expected.code, text);
  for (const pattern of expected.text) assert.match(text, pattern);
  assert.deepEqual(await listTablesWithFingerprints(workspace), before);
}

/** Puts a file back as it was when disposed. */
async function withChanged(
  path: string,
  change: (text: string) => string | Uint8Array,
): Promise<AsyncDisposable> {
  const bytes = await Deno.readFile(path);
  const changed = change(new TextDecoder().decode(bytes));
  await Deno.writeFile(
    path,
    typeof changed === "string" ? new TextEncoder().encode(changed) : changed,
  );
  return { [Symbol.asyncDispose]: () => Deno.writeFile(path, bytes) };
}

Deno.test("deno task run", async (t) => {
  await using run = await pipelineRun();
  await using workspace = await run.copy();
  const record = () => readJson(workspace.path("reports", "run.json"));
  /** As "1 ran, 8 skipped", in the order of the notebooks. */
  const states = async () => {
    const { notebooks } = await record();
    const byState = Map.groupBy(notebooks, (each: { state: string }) => each.state);
    return [...byState].map(([state, { length }]) => `${length} ${state}`).join(", ");
  };

  await t.step("executes the nine notebooks, from nothing to segments and pages", () => {
    const { code, text } = run.end;
    assert.equal(code, 0, text);
    assert.match(text, /Synthetic data: 2,000 made-up orders/);
    assert.match(text, /^Gate +passed$/m);
    assert.match(text, /^Data tests +\d{3} passed, \d+ warned, 0 failed$/m);
    assert.match(text, /^Segments +0 .+: [\d,]+ customers \(\d+\.\d%\)$/m);
    assert.match(text, /^Report +reports\/index\.html$/m);
  });

  for (const name of NOTEBOOKS) {
    await t.step(`keeps ${name} executed, its source without outputs, and its page`, async () => {
      const executed = await readJson(workspace.path("reports", "executed", `${name}.ipynb`));
      const source = await readJson(workspace.path("notebooks", `${name}.ipynb`));
      type Cell = { cell_type: string; outputs: { output_type: string }[] };
      const outputs = (cells: Cell[]) =>
        cells.filter((cell) => cell.cell_type === "code").flatMap((cell) => cell.outputs);
      assert.ok(outputs(executed.cells).length > 0);
      assert.ok(outputs(executed.cells).every((output) => output.output_type !== "error"));
      assert.deepEqual(outputs(source.cells), []);
      const page = await Deno.readTextFile(workspace.path("reports", `${name}.html`));
      assert.match(page, /Synthetic data: 2,000 made-up orders/);
      assert.doesNotMatch(page, /<(?:script|img|link|iframe)[^>]+(?:src|href)="?(?:https?:)?\/\//);
    });
  }

  await t.step("records the run for machines", async () => {
    const { source, warehouse, notebooks, tests, model, segments } = await record();
    assert.deepEqual([source, warehouse], ["synthetic", "duckdb"]);
    type Notebook = { name: string; state: string; seconds: number; why: string };
    assert.deepEqual(notebooks.map((each: Notebook) => each.name), NOTEBOOKS);
    assert.ok(notebooks.every((each: Notebook) => each.state === "ran" && each.seconds > 0));
    assert.ok(tests.passed > 200 && tests.failed === 0);
    assert.deepEqual([model.preset, model.k, model.gate], ["tuned", 3, "passed"]);
    assert.ok(model.silhouette >= 0.6 && model.dbi <= 0.75 && model.qe <= 0.26 && model.te <= 0.26);
    const names = segments.map((segment: { name: string }) => segment.name);
    assert.equal(new Set(names).size, 3);
  });

  await t.step(
    "publishes one row per customer, and says in the tables that it is made up",
    async () => {
      const tables = new Map(await listTablesWithFingerprints(workspace));
      const customers = tables.get("analytics_olist.dim_customer");
      const segmented = tables.get("analytics_olist.dim_customer_segmented");
      assert.equal(segmented?.rows, customers?.rows);
      for (const [name, { comment }] of tables) {
        assert.match(
          comment ?? "",
          /^Synthetic data/,
          name,
        );
      }
    },
  );

  await t.step("executes nothing when nothing has changed", async () => {
    const { code, text } = await workspace.command("run", ...MARKET);
    assert.equal(code, 0, text);
    assert.match(text, /Notebooks +0 ran, 9 fresh, 0 failed/);
    const { notebooks } = await record();
    assert.ok(notebooks.every((each: { state: string }) => each.state === "fresh"));
    const status = await workspace.command("status", ...MARKET);
    assert.match(status.text, /everything is fresh/);
  });

  await t.step("reruns what a changed cell makes stale, and no more", async () => {
    const path = workspace.path("notebooks", "06_features.ipynb");
    await using _ = await withChanged(
      path,
      (text) => text.replace("fitScaler(matrix);", "fitScaler(matrix); "),
    );
    const { text } = await workspace.command("status", ...MARKET);
    assert.match(text, /06_features +stale .*its code cell \d+ changed/);
    assert.match(text, /1 of 9 are stale/);
  });

  await t.step(
    "says which file of lib made what stale, reruns that, and then nothing",
    async () => {
      const path = workspace.path("lib", "clean", "_text_rules.ts");
      await Deno.writeTextFile(path, "// Nothing else is new.\n", { append: true });
      const status = await workspace.command("status", ...MARKET);
      const reason = "lib/clean/_text_rules\\.ts changed";
      assert.match(status.text, new RegExp(`^01_ingest +fresh`, "m"));
      assert.match(status.text, new RegExp(`^02_clean +stale .*${reason}`, "m"));
      assert.match(status.text, /^04_transform +stale .*upstream 03_load is stale/m);
      const first = await workspace.command("run", ...MARKET);
      assert.match(first.text, new RegExp(`02_clean: ${reason}`));
      // The same files come out, so that dbt and all after it have nothing to do.
      assert.match(first.text, /Notebooks +2 ran, 7 fresh, 0 failed/);
      const second = await workspace.command("run", ...MARKET);
      assert.match(second.text, /Notebooks +0 ran, 9 fresh, 0 failed/);
      const { text } = await workspace.command("status", "--history", "2");
      assert.match(text, /done .* 0 +9 +passed +.*--synthetic 2000.*\n.*done .* 2 +7 +passed/);
    },
  );

  await t.step("rebuilds the pages without running", async () => {
    await Deno.remove(workspace.path("reports", "index.html"));
    const { code, text } = await workspace.command("report", "--no-open");
    assert.equal(code, 0, text);
    assert.match(await Deno.readTextFile(workspace.path("reports", "index.html")), /<html/);
  });

  await t.step("keeps projects apart", async () => {
    const args = ["--synthetic", "60", "--only", "02"];
    const other = await endOf(workspace.start("run", args, { PROJECT_NAME: "other" }));
    assert.equal(other.code, 0, other.text);
    assert.match(other.text, /Notebooks +2 ran, 0 fresh, 0 failed, 7 skipped/);
    assert.deepEqual([(await record()).project, await states()], ["other", "2 ran, 7 skipped"]);
    const { text } = await workspace.command("run", ...MARKET);
    assert.match(text, /Notebooks +0 ran, 9 fresh/);
    assert.deepEqual([(await record()).project, await states()], ["olist", "9 fresh"]);
    const page = await Deno.readTextFile(workspace.path("reports", "02_clean.html"));
    assert.match(page, /2,000 made-up orders/);
  });

  const raw = workspace.path("raw");
  const file = (table: string) => `${raw}/olist_${table}_dataset.csv`;
  await t.step("takes a folder", async () => {
    await Deno.mkdir(raw);
    for await (const { name } of Deno.readDir(workspace.path("data", "raw", "olist"))) {
      if (!name.endsWith(".csv")) continue;
      await Deno.copyFile(workspace.path("data", "raw", "olist", name), `${raw}/${name}`);
    }
    const { code, text } = await workspace.command("run", "--raw", raw, "--only", "01");
    assert.equal(code, 0, text);
    assert.match(text, /Notebooks +1 ran/);
  });

  await t.step("refuses a missing file", async () => {
    await Deno.rename(file("sellers"), `${raw}/elsewhere`);
    await assertRefused(workspace, ["--raw", raw], {
      code: 1,
      text: [
        /01_ingest\.ipynb: cell \d+/,
        /olist_sellers_dataset\.csv/,
        /^Gate +passed \(of an earlier run\)$/m,
      ],
    });
    await Deno.rename(`${raw}/elsewhere`, file("sellers"));
  });

  await t.step("refuses a missing column", async () => {
    await using _ = await withChanged(
      file("orders"),
      (text) => text.replace("order_status", "state"),
    );
    await assertRefused(workspace, ["--raw", raw], {
      code: 1,
      text: [/01_ingest\.ipynb: cell \d+/, /olist_orders_dataset\.csv/, /order_status/],
    });
  });

  await t.step("refuses a file that is not UTF-8, by its line", async () => {
    await using _ = await withChanged(file("customers"), (text) => {
      const bytes = new TextEncoder().encode(text);
      bytes[text.indexOf("\n", text.indexOf("\n") + 1) + 3] = 0xff;
      return bytes;
    });
    await assertRefused(workspace, ["--raw", raw], {
      code: 1,
      text: [/01_ingest\.ipynb: cell \d+/, /olist_customers_dataset\.csv line 3/, /UTF-8/],
    });
  });

  await t.step("refuses a broken date, by its line", async () => {
    await using _ = await withChanged(file("orders"), (text) => {
      const lines = text.split("\n");
      lines[6] = lines[6]!.replace(/\d{4}-\d\d-\d\d/, "2018-02-30");
      return lines.join("\n");
    });
    await assertRefused(workspace, ["--raw", raw], {
      code: 1,
      text: [/02_clean\.ipynb: cell \d+/, /2018-02-30/, /olist_orders_dataset\.csv line 7/],
    });
  });

  await t.step(
    "stops at a cell that throws, with notebook, cell and line, and the error's own code",
    async () => {
      const path = workspace.path("notebooks", "06_features.ipynb");
      await using _ = await withChanged(path, (text) =>
        text.replace(
          "fitScaler(matrix);",
          "fitScaler(matrix); if (scaler) throw new (await import('feira/workspace')).FeiraError('environment', 'Cannot go on: on purpose');",
        ));
      await assertRefused(workspace, [...MARKET, "--only", "06"], {
        code: 2,
        text: [/06_features\.ipynb: cell \d+ \("Scaling"\), line 1: .*on purpose/],
      });
      const { notebooks } = await record();
      const after = notebooks.slice(5).map(({ state }: { state: string }) => state);
      assert.deepEqual(after, ["failed", "skipped", "skipped", "skipped"]);
      assert.match(notebooks[5].why, /on purpose/);
      const page = await Deno.readTextFile(workspace.path("reports", "06_features.html"));
      assert.match(page, /on purpose/);
      const status = await Deno.readTextFile(workspace.path("reports", "status.html"));
      assert.match(status, /its last run did not succeed/);
    },
  );

  await t.step("refuses cells with wrong types before anything runs", async () => {
    const path = workspace.path("notebooks", "06_features.ipynb");
    await using _ = await withChanged(
      path,
      (text) => text.replace("fitScaler(matrix);", "fitScaler(1);"),
    );
    await assertRefused(workspace, ["--only", "06"], {
      code: 1,
      text: [/06_features\.ipynb, cell \d+ .*line 1: .*\(TS2345\)/],
    });
  });

  // No eight segments of this market are apart from each other.
  const poor = [...MARKET, "--only", "08", "--param", "k=8"];
  await t.step("publishes nothing of a model that fails the gate", async () => {
    await assertRefused(workspace, poor, {
      code: 1,
      text: [
        /08_segment\.ipynb: cell \d+ \("Publish"\)/,
        /must be at (?:least|most)/,
        /^Gate +failed$/m,
      ],
    });
    const { model, segments } = await record();
    assert.equal(model.gate, "failed");
    assert.deepEqual(segments, []);
    const page = await Deno.readTextFile(workspace.path("reports", "08_segment.html"));
    assert.match(page, /The model fails the gate/);
  });

  await t.step("publishes it all the same when it is accepted, and says so", async () => {
    const customers = new Map(await listTablesWithFingerprints(workspace))
      .get("analytics_olist.dim_customer_segmented");
    const { code, text } = await workspace.command("run", ...poor, "--accept");
    assert.equal(code, 0, text);
    assert.match(text, /^Gate +failed, published all the same/m);
    const tables = new Map(await listTablesWithFingerprints(workspace));
    const after = tables.get("analytics_olist.dim_customer_segmented");
    assert.equal(after?.rows, customers?.rows);
    assert.notEqual(after?.fingerprint, customers?.fingerprint);
    const versions = await readVersions(workspace);
    const held = versions.filter(({ valid_to }) => valid_to === null);
    assert.ok(held.length > 0 && held.every(({ was_forced }) => was_forced));
    // Those of the model that had passed are kept, and end where these begin.
    const ended = versions.filter(({ valid_to }) => valid_to !== null);
    assert.ok(ended.length > 0 && ended.every(({ was_forced }) => !was_forced));
    assert.deepEqual(
      [...new Set(ended.map(({ valid_to }) => valid_to))],
      [held.at(-1)!.valid_from],
    );
    const exported = await workspace.command("export", "--segment", "0");
    assert.equal(exported.code, 0, exported.text);
    assert.match(exported.text, /which the gate rejected and someone accepted/);
  });

  await t.step("publishes nothing of a dbt build with a failing test", async () => {
    const test = workspace.path("dbt", "tests", "no_order_is_allowed.sql");
    await Deno.writeTextFile(test, 'select * from {{ ref("fact_orders") }}\n');
    await assertRefused(workspace, [...MARKET, "--only", "04"], {
      code: 1,
      text: [/04_transform\.ipynb: cell \d+ \("Build"\)/, /no_order_is_allowed/, /2,?000 rows/],
    });
    await Deno.remove(test);
  });

  await t.step("leaves the tables alone when interrupted", async () => {
    const before = await listTablesWithFingerprints(workspace);
    const child = workspace.start("run", [...MARKET, "--from", "04", "--force", "--log", "json"]);
    // By then dbt has replaced tables, in the copy that it works on.
    const end = endOfReading(child, /model dim_customer: success/, () => child.kill("SIGINT"));
    const { code, text } = await end;
    assert.equal(code, 1, text);
    assert.match(text, /Interrupted: all tables are as they were/);
    assert.deepEqual(await listTablesWithFingerprints(workspace), before);
    const history = await workspace.command("status", "--history", "1");
    assert.match(history.text, /interrupted .*--from 04 --force/);
  });

  await t.step("refuses a second run at the same time, and says who holds it", async () => {
    const child = workspace.start("run", [...MARKET, "--from", "04", "--log", "json"]);
    let second: Promise<CommandEnd> | undefined;
    const first = await endOfReading(child, /"cell started"/, async () => {
      second = workspace.command("run", ...MARKET);
      await second;
      child.kill("SIGINT");
    });
    assert.equal(first.code, 1, first.text);
    const { code, text } = await second!;
    assert.equal(code, 2, text);
    assert.match(
      text,
      new RegExp(`process ${child.pid} on .+, since 20.+Z, is at work in this workspace`),
    );
  });

  await t.step("refuses to run without Python, and says what to install", async () => {
    const env = { PATH: workspace.path("nothing"), FEIRA_VENV: workspace.path("no-venv") };
    const { code, text } = await endOf(workspace.start("run", [...MARKET, "--from", "04"], env));
    assert.equal(code, 2, text);
    assert.match(text, /Python 3\.10 or newer/);
  });

  await t.step("says which folder cannot be written to", async () => {
    const other = await copyWorkspace();
    await using _ = other;
    await Deno.writeTextFile(other.path("data"), "a file where a folder must be");
    const { code, text } = await other.command("run", ...MARKET);
    assert.equal(code, 2, text);
    assert.match(text, /Cannot write .*data/);
  });

  await t.step("answers wrong use with exit code 2", async () => {
    const cases: [string[], RegExp][] = [
      [["--raw", workspace.path("nowhere")], /must be a folder/],
      [["--param", "nonsense=1"], /nonsense/],
      [["--param", "k=many"], /k/],
      [["--only", "77"], /must be one of 01_ingest/],
      [["--warehouse", "oracle"], /must be duckdb or bigquery/],
      [["--warehouse", "bigquery"], /BigQuery/],
      [["--bogus"], /--bogus/],
    ];
    for (const [args, message] of cases) {
      const { code, text } = await workspace.command("run", ...args);
      assert.equal(code, 2, `${args.join(" ")}: ${text}`);
      assert.match(text, message);
    }
  });
});
