import assert from "node:assert/strict";
import { type PipelineOptions, type PipelineResult, planRun, runPipeline } from "feira/notebook";
import { optionsOf } from "./_pipeline_options.ts";
import { TempWorkspace } from "./_temp_workspace.ts";

/** Three notebooks, the later reading what the earlier wrote: a → data/a.txt → b → data/b.txt → c. */
async function makeChain(): Promise<TempWorkspace> {
  const workspace = await TempWorkspace.make({ "tool": "./lib/tool.ts", "pin": "npm:pin@1.0.0" });
  await workspace.write("lib/tool.ts", 'export { up } from "./deep.ts";\n');
  await workspace.write("lib/deep.ts", "export const up = (s: string) => s.toUpperCase();\n");
  await workspace.write("data/in.txt", "one");
  await workspace.notebook("a", [
    { markdown: "# A" },
    { code: "const times: number = 2;", tags: ["parameters"] },
    'Deno.writeTextFileSync("../data/a.txt", String(Deno.readTextFileSync("../data/in.txt").length * times));',
  ], { reads: ["data/in.txt"], writes: ["data/a.txt"] });
  await workspace.notebook("b", [
    'import { up } from "tool";',
    'Deno.writeTextFileSync("../data/b.txt", up("b" + Deno.readTextFileSync("../data/a.txt")));',
  ], { reads: ["data/a.txt"], writes: ["data/b.txt"] });
  await workspace.notebook("c", ['Deno.readTextFileSync("../data/b.txt")'], {
    job: "segmentation",
    reads: ["data/b.txt", "shop.orders"],
  });
  return workspace;
}

const run = async (workspace: TempWorkspace, more: Partial<PipelineOptions> = {}) =>
  toStates(await runPipeline(await optionsOf(workspace, more)));

const toStates = ({ notebooks }: PipelineResult) =>
  notebooks.map(({ name, state, why }) => [name, state, why].join(" ").trim());

async function whys(workspace: TempWorkspace, more: Partial<PipelineOptions> = {}) {
  const plan = await planRun(await optionsOf(workspace, more));
  return Object.fromEntries(plan.map(({ name, why }) => [name, why]));
}

Deno.test("runPipeline() runs what is stale, each for its printed reason", async (t) => {
  await using workspace = await makeChain();
  assert.deepEqual(await run(workspace), [
    "a ran never run",
    "b ran never run",
    "c ran never run",
  ]);

  await t.step("nothing changed: all fresh, nothing executed", async () => {
    const before = await workspace.read("reports/executed/a.ipynb");
    assert.deepEqual(await run(workspace), ["a fresh", "b fresh", "c fresh"]);
    assert.equal(await workspace.read("reports/executed/a.ipynb"), before);
  });

  await t.step("prose changed: not executed, but its copy shows it as a run would", async () => {
    const text = await workspace.read("notebooks/a.ipynb");
    const prose = text.replace("# A", "# Another title").replace('title: \\"a\\"', "title: New");
    await workspace.write("notebooks/a.ipynb", prose);
    assert.notEqual(prose, text);
    assert.equal((await whys(workspace)).a, "");
    assert.deepEqual(await run(workspace), [
      "a fresh only its prose changed",
      "b fresh",
      "c fresh",
    ]);
    const refreshed = await workspace.read("reports/executed/a.ipynb");
    assert.match(refreshed, /# Another title/);
    assert.deepEqual(await run(workspace), ["a fresh", "b fresh", "c fresh"]);
    await run(workspace, { select: { only: "a", force: true } });
    const withoutTimes = (copy: string) => ({ ...JSON.parse(copy), metadata: {} });
    const executed = await workspace.read("reports/executed/a.ipynb");
    assert.deepEqual(withoutTimes(refreshed), withoutTimes(executed));
  });

  await t.step("every other change has its reason", async () => {
    const because = async (path: string, edit: (text: string) => string) => {
      const text = await workspace.read(path);
      await workspace.write(path, edit(text));
      const found = await whys(workspace);
      await workspace.write(path, text);
      return found;
    };
    const code = await because("notebooks/a.ipynb", (text) => text.replace("times)", "times+1)"));
    assert.deepEqual(code, {
      a: "its code cell 2 changed",
      b: "upstream a is stale",
      c: "upstream b is stale",
    });
    const tags = await because(
      "notebooks/c.ipynb",
      (text) => text.replace('"c1","metadata":{}', '"c1","metadata":{"tags":["hide-input"]}'),
    );
    assert.equal(tags.c, "its code cell 1 changed");
    const deep = await because("lib/deep.ts", (text) => text + "\n");
    assert.deepEqual([deep.a, deep.b], ["", "lib/deep.ts changed"]);
    const fresh = await because("lib/tool.ts", (text) => `${text}export * from "./more.ts";\n`);
    assert.equal(fresh.b, "lib/more.ts is new");
    const shorter = await because("lib/tool.ts", () => "export const up = String;\n");
    assert.equal(shorter.b, "lib/deep.ts is gone");
    const cell = await because("notebooks/a.ipynb", (text) => text.replace('"markdown"', '"code"'));
    assert.equal(cell.a, "it has 3 code cells and had 2");
    const front = (from: string, to: string) =>
      because("notebooks/c.ipynb", (text) => text.replace(from, to));
    const orders = ',\\"shop.orders\\"';
    assert.equal((await front(orders, "")).c, "it no longer reads shop.orders");
    const more = await front(orders, `${orders},\\"data/in.txt\\"`);
    assert.equal(more.c, "it now reads data/in.txt");
    const written = await front("writes: []", 'writes: [\\"data/c.txt\\"]');
    assert.equal(written.c, "it now writes data/c.txt");
    const pin = await because("deno.json", (text) => text.replace("1.0.0", "1.0.1"));
    assert.deepEqual(pin, { a: "", b: "", c: "" });
    const map = await because("deno.json", (text) => text.replace("./lib/tool", "././lib/tool"));
    assert.equal(map.b, "deno.json's import tool changed");
    const input = await because("data/in.txt", () => "three");
    assert.equal(input.a, "data/in.txt changed");
    const output = await because("data/b.txt", () => "meddled");
    assert.equal(output.b, "its output data/b.txt is not as it left it");
    const parameter = await whys(workspace, { parameters: { times: "3" } });
    assert.equal(parameter.a, "parameter times changed from 2 to 3");
    const table = await whys(workspace, { fingerprint: () => Promise.resolve("other") });
    assert.equal(table.c, "table shop.orders changed");
    const gone = await whys(workspace, { fingerprint: () => Promise.resolve(undefined) });
    assert.equal(gone.c, "table shop.orders is gone");
    assert.deepEqual(await whys(workspace), { a: "", b: "", c: "" });
  });

  await t.step("an output or an executed copy that is gone", async () => {
    await Deno.remove(workspace.path("reports/executed/c.ipynb"));
    assert.equal((await whys(workspace)).c, "its executed copy is gone");
    await Deno.remove(workspace.path("data/b.txt"));
    assert.equal((await whys(workspace)).b, "its output data/b.txt is gone");
    assert.deepEqual(await run(workspace), [
      "a fresh",
      "b ran its output data/b.txt is gone",
      "c ran its executed copy is gone",
    ]);
  });

  await t.step("upstream that makes the same again leaves downstream fresh", async () => {
    await workspace.write("data/in.txt", "two");
    assert.deepEqual(await run(workspace), ["a ran data/in.txt changed", "b fresh", "c fresh"]);
    await workspace.write("data/in.txt", "three");
    assert.deepEqual(await run(workspace), [
      "a ran data/in.txt changed",
      "b ran data/a.txt changed",
      "c ran data/b.txt changed",
    ]);
  });
});

Deno.test("runPipeline() selects by name, start, job and force", async () => {
  await using workspace = await makeChain();
  assert.deepEqual(await run(workspace, { select: { only: "b" } }), [
    "a ran never run",
    "b ran never run",
    "c skipped not selected",
  ]);
  assert.deepEqual(await run(workspace, { select: { job: "segmentation" } }), [
    "a fresh",
    "b fresh",
    "c ran never run",
  ]);
  assert.deepEqual(await run(workspace, { select: { from: "b" } }), [
    "a fresh",
    "b ran the run was asked to start from it",
    "c fresh",
  ]);
  assert.deepEqual(await run(workspace, { select: { only: "c.ipynb", force: true } }), [
    "a fresh",
    "b fresh",
    "c ran forced",
  ]);
  await assert.rejects(run(workspace, { select: { only: "x" } }), {
    kind: "usage",
    message: 'Cannot select notebook "x": none begins so, must be one of a, b, c',
  });
});

Deno.test("runPipeline() stops at a failure, keeps what was fresh, rolls back", async () => {
  await using workspace = await makeChain();
  const log: string[] = [];
  const transaction: PipelineOptions["transaction"] = ({ name }) => ({
    env: { WORKING_COPY: `copy of ${name}` },
    commit: () => void log.push(`commit ${name}`),
    rollback: () => void log.push(`rollback ${name}`),
  });
  const good = await workspace.read("notebooks/b.ipynb");
  await workspace.notebook("b", ['throw new Error(Deno.env.get("WORKING_COPY"));'], {
    reads: ["data/a.txt"],
    writes: ["data/b.txt"],
  });
  const events: string[] = [];
  const result = await runPipeline(
    await optionsOf(workspace, { transaction, onEvent: (event) => events.push(event.type) }),
  );
  assert.deepEqual(toStates(result), [
    "a ran never run",
    "b failed never run",
    "c skipped b failed",
  ]);
  assert.deepEqual(log, ["commit a", "rollback b"]);
  assert.equal(
    result.notebooks[1]!.error?.message,
    "Cannot run b.ipynb: cell 1, line 1: Error: copy of b",
  );
  assert.deepEqual(events.slice(0, 4), [
    "plan",
    "notebook started",
    "cell started",
    "cell finished",
  ]);
  assert.equal(events.filter((type) => type === "notebook finished").length, 3);

  await workspace.write("notebooks/b.ipynb", good);
  assert.deepEqual(await run(workspace), ["a fresh", "b ran never run", "c ran never run"]);

  // A success, then a failure, then the old code again: the copy of the failed run must not stay.
  await workspace.write("notebooks/b.ipynb", good.replace("up(", "nothing("));
  assert.match((await run(workspace))[1]!, /^b failed its code cell 2 changed/);
  await workspace.write("notebooks/b.ipynb", good);
  assert.deepEqual(await run(workspace), [
    "a fresh",
    "b ran its last run did not succeed",
    "c fresh",
  ]);
});

Deno.test("runPipeline() rolls back and rejects when its signal fires", async () => {
  await using workspace = await TempWorkspace.make();
  await workspace.notebook("a", [
    'console.log("here"); await new Promise((r) => setTimeout(r, 1e9));',
  ]);
  const stop = new AbortController();
  const log: string[] = [];
  const reason = new Error("Ctrl-C");
  const running = runPipeline(
    await optionsOf(workspace, {
      signal: stop.signal,
      transaction: () => ({
        commit: () => void log.push("commit"),
        rollback: () => void log.push("rollback"),
      }),
      onEvent: (event) => event.type === "output" && stop.abort(reason),
    }),
  );
  await assert.rejects(running, reason);
  assert.deepEqual(log, ["rollback"]);
  assert.match(await workspace.read("reports/executed/a.ipynb"), /"state": "aborted"/);
  assert.equal((await whys(workspace)).a, "never run");
});
