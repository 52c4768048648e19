import { openWorkspace, type Workspace } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";
import { type HistoryEntry, readHistory, remember, toRetention } from "../../lib/cli/_history.ts";

const KEEP = { runs: 100, days: 90 };

function entryOf(seconds: number): HistoryEntry {
  return {
    project: "olist",
    warehouse: "duckdb",
    started: "2026-01-31T12:00:00Z",
    seconds,
    notebooks: [{ name: "01_ingest", state: "ran", seconds, why: "never run" }],
    end: "done",
    asked: { job: "full", force: false, parameters: { synthetic: "60" }, jobs: 1 },
    versions: { deno: "2.9.6", dbt: "1.11.16", packages: "0123456789abcdef" },
    fingerprints: { data: "fedcba9876543210" },
    fits: [],
  };
}

async function withWorkspace(act: (workspace: Workspace) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "feira-history-" });
  await act(openWorkspace({ root, project: "olist" }));
  await Deno.remove(root, { recursive: true });
}

const at = (text: string) => Temporal.Instant.from(text);

Deno.test("remember() keeps every run, the newest first when read", async () => {
  await withWorkspace(async (workspace) => {
    assert.deepEqual(await readHistory(workspace), []);
    await remember(workspace, entryOf(1), { keep: KEEP, now: at("2026-01-31T12:00:01Z") });
    await remember(workspace, entryOf(2), { keep: KEEP, now: at("2026-01-31T12:00:01.001Z") });
    await remember(workspace, entryOf(3), { keep: KEEP, now: at("2026-02-01T00:00:00Z") });
    assert.deepEqual(await readHistory(workspace), [entryOf(3), entryOf(2), entryOf(1)]);
    assert.deepEqual(await readHistory(workspace, 1), [entryOf(3)]);
  });
});

Deno.test("remember() forgets what is more or older than is kept, never the run itself", async () => {
  await withWorkspace(async (workspace) => {
    const seconds = async () => (await readHistory(workspace)).map((entry) => entry.seconds);
    for (const day of [1, 2, 3, 4]) {
      const now = at(`2026-01-0${day}T12:00:00Z`);
      await remember(workspace, entryOf(day), { keep: { runs: 3, days: 90 }, now });
    }
    assert.deepEqual(await seconds(), [4, 3, 2]);
    // Exactly two days old is still kept, a millisecond more is not.
    const now = at("2026-01-05T12:00:00Z");
    await remember(workspace, entryOf(5), { keep: { runs: 9, days: 2 }, now });
    assert.deepEqual(await seconds(), [5, 4, 3]);
    const late = at("2027-01-05T12:00:00.001Z");
    await remember(workspace, entryOf(6), { keep: { runs: 9, days: 2 }, now: late });
    assert.deepEqual(await seconds(), [6]);
  });
});

Deno.test("remember() leaves files alone that are no entries", async () => {
  await withWorkspace(async (workspace) => {
    const dir = join(workspace.runsDir, "history");
    await Deno.mkdir(dir, { recursive: true });
    await Deno.writeTextFile(join(dir, "notes.txt"), "mine");
    const now = at("2026-01-05T12:00:00Z");
    await remember(workspace, entryOf(1), { keep: { runs: 1, days: 1 }, now });
    assert.equal(await Deno.readTextFile(join(dir, "notes.txt")), "mine");
    assert.equal((await readHistory(workspace)).length, 1);
  });
});

Deno.test("readHistory() names the file that is broken", async () => {
  await withWorkspace(async (workspace) => {
    const now = at("2026-01-05T12:00:00Z");
    await remember(workspace, entryOf(1), { keep: KEEP, now });
    const path = join(workspace.runsDir, "history", "20260105T120000000Z.json");
    await Deno.writeTextFile(path, "{");
    await assert.rejects(readHistory(workspace), {
      kind: "environment",
      message: /120000000Z\.json/,
    });
  });
});

Deno.test("toRetention() takes 100 runs and 90 days, or what the environment says", () => {
  const read = (values: Record<string, string>) => toRetention({ env: (name) => values[name] });
  assert.deepEqual(read({}), { runs: 100, days: 90, fitRuns: 20 });
  const given = { FEIRA_KEEP_RUNS: "7", FEIRA_KEEP_DAYS: "1", FEIRA_KEEP_FITS: "3" };
  assert.deepEqual(read(given), { runs: 7, days: 1, fitRuns: 3 });
  for (const text of ["0", "-1", "many", "1.5"]) {
    assert.throws(() => read({ FEIRA_KEEP_RUNS: text }), { kind: "usage", message: /KEEP_RUNS/ });
  }
});
