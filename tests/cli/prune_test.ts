import { openWorkspace, type Workspace, writeJsonBeside } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";
import { type HistoryEntry, remember } from "../../lib/cli/_history.ts";
import { fitsInUse, pruneFits, prunePages } from "../../lib/cli/_prune.ts";

async function withWorkspace(act: (workspace: Workspace) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "feira-prune-" });
  await act(openWorkspace({ root, project: "olist" }));
  await Deno.remove(root, { recursive: true });
}

const namesIn = async (dir: string) =>
  (await Array.fromAsync(Deno.readDir(dir), ({ name }) => name)).sort();

/** A run on a day of January that rested on these fits. */
async function ran(workspace: Workspace, day: number, fits: string[]): Promise<void> {
  const now = Temporal.Instant.from(`2026-01-0${day}T12:00:00Z`);
  const entry: HistoryEntry = {
    project: "olist",
    warehouse: "duckdb",
    started: now.toString(),
    seconds: 1,
    notebooks: [],
    end: "done",
    asked: { job: "full", force: false, parameters: {}, jobs: 1 },
    versions: { deno: "2.9.6", packages: "0123456789abcdef" },
    fingerprints: {},
    fits,
  };
  await remember(workspace, entry, { keep: { runs: 100, days: 90 }, now });
}

/** A saved fit that was written on a day of January. */
async function saveFit(workspace: Workspace, name: string, day: number): Promise<void> {
  const dir = join(workspace.modelsDir, "fits", name);
  await writeJsonBeside(join(dir, "model.json"), {});
  const moment = new Date(`2026-01-0${day}T06:00:00Z`);
  await Deno.utime(dir, moment, moment);
}

Deno.test("pruneFits() removes what none of the last runs rests on, and nothing newer", async () => {
  await withWorkspace(async (workspace) => {
    assert.deepEqual(await pruneFits(workspace, 2), []);
    for (const [name, day] of [["a", 1], ["b", 1], ["c", 1], ["d", 4]] as const) {
      await saveFit(workspace, name, day);
    }
    assert.deepEqual(await pruneFits(workspace, 2), [], "no run is remembered, nothing is over");
    await ran(workspace, 2, ["a"]);
    await ran(workspace, 3, ["b"]);
    await ran(workspace, 5, ["c"]);
    // Of the last two runs the first began on the third; d was saved by one that failed since.
    assert.deepEqual(await pruneFits(workspace, 2), ["a"]);
    assert.deepEqual(await namesIn(join(workspace.modelsDir, "fits")), ["b", "c", "d"]);
    assert.deepEqual(await pruneFits(workspace, 2), []);
    assert.deepEqual((await pruneFits(workspace, 1)).sort(), ["b", "d"]);
  });
});

Deno.test("fitsInUse() names those of the search and of the segmentation, once each", async () => {
  await withWorkspace(async (workspace) => {
    assert.deepEqual(await fitsInUse(workspace), []);
    const leaderboard = [{ modelId: "b" }, { modelId: "a" }];
    await writeJsonBeside(join(workspace.modelsDir, "tuning.json"), { leaderboard });
    await writeJsonBeside(join(workspace.modelsDir, "outcome.json"), { modelId: "b" });
    assert.deepEqual(await fitsInUse(workspace), ["a", "b"]);
    await writeJsonBeside(join(workspace.modelsDir, "outcome.json"), { modelId: "c" });
    assert.deepEqual(await fitsInUse(workspace), ["a", "b", "c"]);
    const trials = [{ modelId: "t" }];
    await writeJsonBeside(join(workspace.modelsDir, "tuning.json"), { leaderboard, trials });
    assert.deepEqual(await fitsInUse(workspace), ["a", "b", "c", "t"]);
  });
});

Deno.test("prunePages() removes copies and pages of notebooks that are no more, nothing else", async () => {
  await withWorkspace(async (workspace) => {
    await prunePages(workspace, ["01_a"]);
    const { executedDir, reportsDir } = workspace;
    for (const name of ["01_a.ipynb", "02_gone.ipynb"]) {
      await writeJsonBeside(join(executedDir, name), {});
    }
    for (const name of ["index", "01_a", "02_gone", "mine"]) {
      await writeJsonBeside(join(reportsDir, `${name}.html`), {});
    }
    const notebooks = [{ name: "01_a" }, { name: "02_gone" }, { name: "03_gone_too" }];
    await writeJsonBeside(join(reportsDir, "run.json"), { notebooks });
    await prunePages(workspace, ["01_a"]);
    assert.deepEqual(await namesIn(executedDir), ["01_a.ipynb"]);
    assert.deepEqual(await namesIn(reportsDir), [
      "01_a.html",
      "index.html",
      "mine.html",
      "run.json",
    ]);
  });
});
