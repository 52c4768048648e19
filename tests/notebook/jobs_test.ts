import assert from "node:assert/strict";
import { planRun, runPipeline } from "feira/notebook";
import { systemEffects } from "feira/workspace";
import { optionsOf } from "./_pipeline_options.ts";
import { TempWorkspace } from "./_temp_workspace.ts";

/** Code of a cell that goes on when a file is there; it has a minute. */
const waitFor = (path: string) =>
  `for (let i = 0; ; i++) {
  if (await Deno.stat("${path}").then(() => true, () => false)) break;
  if (i === 600) throw new Error("nobody came");
  await new Promise((resolve) => setTimeout(resolve, 100));
}`;

/** Two that wait for each other when MEET is set, and two that write tables after them. */
async function makePairs(): Promise<TempWorkspace> {
  const workspace = await TempWorkspace.make();
  for (const [name, other] of [["a", "b"], ["b", "a"]] as const) {
    await workspace.notebook(name, [
      `Deno.writeTextFileSync("../data/${name}.here", "");`,
      `if (Deno.env.get("MEET")) {\n${waitFor(`../data/${other}.here`)}\n}`,
      `Deno.writeTextFileSync("../data/${name}.txt", "${name}");\n"${name} was here"`,
    ], { writes: [`data/${name}.txt`] });
  }
  for (const name of ["c", "d"]) {
    await workspace.notebook(name, [`Deno.readTextFileSync("../data/a.txt") + "${name}"`], {
      reads: ["data/a.txt"],
      writes: [`shop.${name}`],
    });
  }
  await workspace.write("data/.keep", "");
  return workspace;
}

Deno.test("runPipeline() gives with jobs the results that it gives without", async () => {
  const results = [];
  for (const jobs of [1, 3]) {
    await using workspace = await makePairs();
    const log: string[] = [];
    const { notebooks } = await runPipeline(
      await optionsOf(workspace, {
        jobs,
        env: jobs > 1 ? { MEET: "1" } : {},
        transaction: ({ name, writes }) => {
          const tell = (what: string) =>
            void (writes.includes("shop.c") || writes.includes("shop.d")
              ? log.push(`${what} ${name}`)
              : undefined);
          tell("begin");
          return { commit: () => tell("commit"), rollback: () => tell("rollback") };
        },
      }),
    );
    const executed = await Promise.all(notebooks.map(async ({ name }) => {
      const copy = JSON.parse(await workspace.read(`reports/executed/${name}.ipynb`));
      return { ...copy, metadata: {} };
    }));
    const state = JSON.parse(await workspace.read("data/state.json"));
    for (const each of Object.values<Record<string, unknown>>(state.notebooks)) {
      delete each.started;
      delete each.seconds;
    }
    results.push({
      notebooks: notebooks.map(({ seconds: _, ...rest }) => rest),
      executed,
      state: state.notebooks,
    });
    // One copy of the database at a time, whatever may run beside it.
    assert.deepEqual(log.map((line) => line.split(" ")[0]), ["begin", "commit", "begin", "commit"]);
    assert.equal(log[0]!.slice(-1), log[1]!.slice(-1));
  }
  assert.deepEqual(results[1], results[0]);
});

Deno.test("runPipeline() keeps what is at work beside one that fails, and starts no more", async () => {
  await using workspace = await TempWorkspace.make();
  await workspace.notebook("a", ['throw new Error("on purpose");']);
  await workspace.notebook("b", [
    waitFor("../data/a.failed"),
    'Deno.writeTextFileSync("../data/b.txt", "b");',
  ], { writes: ["data/b.txt"] });
  await workspace.notebook("c", ["1"], { reads: ["data/b.txt"] });
  await workspace.write("data/.keep", "");
  const options = await optionsOf(workspace, {
    jobs: 2,
    onEvent: (event) => {
      if (event.type !== "notebook finished" || event.notebook !== "a") return;
      Deno.writeTextFileSync(workspace.path("data/a.failed"), "");
    },
  });
  const { notebooks, after } = await runPipeline(options);
  assert.deepEqual(notebooks.map(({ name, state, why }) => [name, state, why]), [
    ["a", "failed", "never run"],
    ["b", "ran", "never run"],
    ["c", "skipped", "a failed"],
  ]);
  assert.deepEqual(after.map(({ why }) => why), ["never run", "", "never run"]);
});

Deno.test("runPipeline() ends and rolls back all that is at work when its signal fires", async () => {
  await using workspace = await TempWorkspace.make();
  for (const name of ["a", "b"]) {
    await workspace.notebook(name, ['console.log("here"); await new Promise(() => {});']);
  }
  const stop = new AbortController();
  const reason = new Error("Ctrl-C");
  const here = new Set<string>();
  const log: string[] = [];
  const options = await optionsOf(workspace, {
    jobs: 2,
    signal: stop.signal,
    transaction: ({ name }) => ({
      commit: () => void log.push(`commit ${name}`),
      rollback: () => void log.push(`rollback ${name}`),
    }),
    onEvent: (event) => {
      if (event.type === "output") here.add(event.notebook);
      if (here.size === 2) stop.abort(reason);
    },
  });
  await assert.rejects(runPipeline(options), reason);
  assert.deepEqual(log.sort(), ["rollback a", "rollback b"]);
});

Deno.test("runPipeline() refuses jobs that are no whole number from 1, and runs nothing", async () => {
  await using workspace = await TempWorkspace.make();
  for (const jobs of [0, -1, 1.5, NaN]) {
    await assert.rejects(runPipeline(await optionsOf(workspace, { jobs })), RangeError);
  }
});

Deno.test("runPipeline() runs nothing when it cannot be prepared for", async () => {
  await using workspace = await TempWorkspace.make();
  await workspace.notebook("a", ["1"]);
  const reason = new Error("no Python");
  const prepare = () => Promise.reject(reason);
  await assert.rejects(runPipeline(await optionsOf(workspace, { prepare })), reason);
  assert.equal((await planRun(await optionsOf(workspace)))[0]!.last, undefined);
});

Deno.test("runPipeline() takes ingestion for stale by its age, and what it feeds by content", async () => {
  await using workspace = await TempWorkspace.make();
  await workspace.write("data/.keep", "");
  await workspace.notebook("in", ['Deno.writeTextFileSync("../data/in.txt", "same");'], {
    writes: ["data/in.txt"],
  });
  await workspace.notebook("next", ["1"], { reads: ["data/in.txt"] });
  await runPipeline(await optionsOf(workspace));
  const later = (hours: number) => ({
    maxAgeSeconds: 86_400,
    effects: { ...systemEffects, now: () => Temporal.Now.instant().add({ hours }) },
  });
  const whys = async (hours: number) =>
    (await planRun(await optionsOf(workspace, later(hours)))).map(({ why }) => why);
  assert.deepEqual(await whys(23), ["", ""]);
  const why = "its last run is 26 hours old, may be 24 hours";
  assert.deepEqual(await whys(26), [why, "upstream in is stale"]);
  const { notebooks } = await runPipeline(await optionsOf(workspace, later(26)));
  assert.deepEqual(notebooks.map((result) => [result.state, result.why]), [
    ["ran", why],
    ["fresh", ""],
  ]);
});
