import assert from "node:assert/strict";
import { MARKET, pipelineRun } from "../_pipeline_run.ts";
import { listTablesWithFingerprints } from "./_published.ts";

Deno.test("deno task run --param-grid", async (t) => {
  await using run = await pipelineRun();
  await using workspace = await run.copy();
  const grid = workspace.path("reports", "grid", "08_segment");
  const before = {
    tables: await listTablesWithFingerprints(workspace),
    record: await Deno.readTextFile(workspace.path("reports", "run.json")),
    page: await Deno.readTextFile(workspace.path("reports", "08_segment.html")),
    state: await Deno.readTextFile(workspace.path("data", "runs", "olist", "state.json")),
  };

  await t.step("compares settings, says which fail, and publishes nothing", async () => {
    const args = [...MARKET, "--only", "08", "--param-grid", "k=3,5"];
    const { code, text } = await workspace.command("run", ...args);
    assert.equal(code, 1, text);
    assert.match(text, /^✓ k=3$/m);
    assert.match(text, /^✗ k=5: Cannot run 08_segment\.ipynb: cell \d+ .*Silhouette is/m);
    assert.match(text, /^Report +reports\/grid\/08_segment\/index\.html$/m);
    assert.match(await Deno.readTextFile(`${grid}/index.html`), /made-up orders/);
    const [three, five] = JSON.parse(await Deno.readTextFile(`${grid}/grid.json`));
    assert.deepEqual([three.state, five.state], ["ran", "failed"]);
    const facts = new Map(
      three.facts.map((fact: { label: string; value: string }) =>
        [fact.label, fact.value] as const
      ),
    );
    assert.deepEqual([facts.get("segments"), facts.get("gate")], ["3", "passed"]);
    assert.match(await Deno.readTextFile(`${grid}/k=3.html`), /const k = 3/);
  });

  await t.step("leaves tables, record, pages and what is fresh as they were", async () => {
    assert.deepEqual(await listTablesWithFingerprints(workspace), before.tables);
    const [record, page, state] = await Promise.all([
      Deno.readTextFile(workspace.path("reports", "run.json")),
      Deno.readTextFile(workspace.path("reports", "08_segment.html")),
      Deno.readTextFile(workspace.path("data", "runs", "olist", "state.json")),
    ]);
    assert.deepEqual([record, page, state], [before.record, before.page, before.state]);
    await assert.rejects(Deno.stat(workspace.path("data", "grid")), Deno.errors.NotFound);
  });

  await t.step("answers wrong use with exit code 2", async () => {
    const cases: [string[], RegExp][] = [
      [["--param-grid", "k=3"], /--param-grid without --only, must name a notebook/],
      [["--only", "08", "--param-grid", "k=3,many"], /parameter k: found "many", must be a number/],
      [["--only", "07", "--param-grid", "k=3"], /parameter k: no notebook has it, must be one of/],
      [["--only", "08", "--param", "k=3", "--param-grid", "k=4"], /k is in --param and in/],
    ];
    for (const [args, message] of cases) {
      const { code, text } = await workspace.command("run", ...MARKET, ...args);
      assert.equal(code, 2, `${args.join(" ")}: ${text}`);
      assert.match(text, message);
    }
  });
});
