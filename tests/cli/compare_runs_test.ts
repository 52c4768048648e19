import assert from "node:assert/strict";
import { join } from "node:path";
import { saveAssignments } from "feira/segments";
import {
  FeiraError,
  openWorkspace,
  systemEffects,
  type Workspace,
  writeFileBeside,
} from "feira/workspace";
import { compareRuns } from "../../lib/cli/_compare_runs.ts";
import { type HistoryEntry, remember } from "../../lib/cli/_history.ts";
import { keepResults } from "../../lib/cli/_kept.ts";

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

/** Ends a run that drew a figure of this colour and published these segments of ana, rui and eva. */
async function finish(
  workspace: Workspace,
  started: string,
  { colour, segments }: { readonly colour: string; readonly segments: readonly number[] },
): Promise<void> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><rect fill="${colour}"/></svg>`;
  const cell = {
    ...{ cell_type: "code", id: "a", metadata: {}, source: "", execution_count: 1 },
    outputs: [{
      output_type: "display_data",
      metadata: {},
      data: { "application/vnd.feira.figure+json": { svg, title: `In ${colour}` } },
    }],
  };
  const copy = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] });
  await writeFileBeside(join(workspace.notebooksDir, "01_a.ipynb"), "{}");
  await writeFileBeside(join(workspace.executedDir, "01_a.ipynb"), copy);
  await saveAssignments(workspace.modelsDir, {
    segmentation: {
      modelId: "m",
      customerIds: ["ana", "rui", "eva"].slice(0, segments.length),
      segments: Int32Array.from(segments),
    },
    // Ana is in a part of segment 0.
    subdivisions: [{ rows: Int32Array.of(0), labels: Int32Array.of(0), ids: [100] }],
    segments: [
      { id: 0, level: 1, name: "Mainstream" },
      { id: 1, level: 1, name: "Repeat" },
      { id: 100, level: 2, parentId: 0, name: "Recent" },
    ],
  });
  const entry = { ...toEntry(started), kept: await keepResults(workspace) };
  await remember(workspace, entry, {
    keep: { runs: 9, days: 9 },
    now: Temporal.Instant.from(started),
  });
}

Deno.test("compareRuns() shows the figures that differ, and who moved on both levels", async () => {
  await withRuns([], async (workspace) => {
    await finish(workspace, MOMENTS[0]!, { colour: "#111111", segments: [0, 0] });
    await finish(workspace, MOMENTS[1]!, { colour: "#222222", segments: [0, 1, 1] });
    const page = await Deno.readTextFile(await compareRuns(workspace, "1"));
    assert.match(page, /In #111111[\s\S]*In #222222/);
    const stayed = "Customers in both runs: 2, of whom 1 (50.0%) stayed; 1 new, 0 gone.";
    assert.equal(page.split(stayed).length, 3, "on both levels");
    const text = page.slice(page.indexOf('id="migrations-2"')).replace(/<[^>]+>/g, " ");
    assert.match(text, /Repeat\s+Recent\s+all/, "segment 0 has all its customers in its part");
  });
});

Deno.test("compareRuns() says why it cannot show what was not kept, or was removed", async () => {
  await withRuns(MOMENTS.slice(0, 1), async (workspace) => {
    await finish(workspace, MOMENTS[1]!, { colour: "#222222", segments: [0, 1] });
    const page = await Deno.readTextFile(await compareRuns(workspace, "1"));
    assert.match(page, /2026-01-29T12:00:00Z was made before Feira kept executed notebooks\./);
    assert.match(page, /was made before Feira kept who was in which segment\./);
    await finish(workspace, MOMENTS[2]!, { colour: "#222222", segments: [0, 1] });
    await Deno.remove(join(workspace.runsDir, "kept"), { recursive: true });
    const emptied = await Deno.readTextFile(await compareRuns(workspace, "1"));
    assert.match(emptied, /The executed notebook 01_a of the run of 2026-01-30\S+ was removed\./);
    assert.match(emptied, /Who was in which segment after the run of 2026-01-30\S+ was removed\./);
  });
});
