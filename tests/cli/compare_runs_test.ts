import assert from "node:assert/strict";
import { join } from "node:path";
import { FeiraError, openWorkspace, systemEffects, type Workspace } from "feira/workspace";
import { compareRuns } from "../../lib/cli/_compare_runs.ts";
import { type HistoryEntry, remember } from "../../lib/cli/_history.ts";

/** A workspace that remembers a run for each of these moments. */
async function withRuns(
  moments: readonly string[],
  work: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    const effects = { ...systemEffects, env: () => undefined };
    const workspace = openWorkspace({ root, project: "demo", effects });
    for (const started of moments) {
      await remember(workspace, toEntry(started), {
        keep: { runs: 9, days: 9 },
        now: Temporal.Instant.from(started),
      });
    }
    await Deno.mkdir(workspace.reportsDir, { recursive: true });
    await work(workspace);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

function toEntry(started: string): HistoryEntry {
  return {
    ...{ project: "demo", warehouse: "duckdb", started, seconds: 1, notebooks: [], end: "done" },
    asked: { job: "full", force: false, parameters: {}, jobs: 1 },
    versions: { deno: "2.0.0", packages: "p" },
    fingerprints: { data: started },
    fits: [],
  };
}

const MOMENTS = ["2026-01-29T12:00:00Z", "2026-01-30T12:00:00Z", "2026-01-31T12:00:00Z"];

Deno.test("compareRuns() finds a run by how long ago it was, and by its start", async () => {
  await withRuns(MOMENTS, async (workspace) => {
    for (const [asked, day] of [["1", "30"], ["2", "29"], ["2026-01-29", "29"]]) {
      const path = await compareRuns(workspace, asked!);
      assert.equal(path, join(workspace.reportsDir, "compare.html"));
      const page = await Deno.readTextFile(path);
      assert.match(page, new RegExp(`${day} January 2026, 12:00 UTC against 31 January 2026`));
      assert.match(page, /Data&#39;s fingerprint<\/th>.*differs/);
    }
  });
});

Deno.test("compareRuns() says which runs there are when it finds none", async () => {
  await withRuns(MOMENTS, async (workspace) => {
    for (const asked of ["0", "3", "last", "2026-01-31", "-1", ""]) {
      await assert.rejects(compareRuns(workspace, asked), (error) => {
        assert.ok(error instanceof FeiraError && error.kind === "usage", asked);
        assert.match(error.message, /must be 1\.\.2 \(runs ago\)/);
        return true;
      });
    }
  });
  await withRuns(MOMENTS.slice(0, 1), async (workspace) => {
    await assert.rejects(compareRuns(workspace, "1"), /found no other run/);
  });
});
