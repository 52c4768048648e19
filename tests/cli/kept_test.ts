import { openWorkspace, systemEffects, type Workspace, writeFileBeside } from "feira/workspace";
import { saveAssignments } from "feira/segments";
import assert from "node:assert/strict";
import { join } from "node:path";
import { type HistoryEntry, remember } from "../../lib/cli/_history.ts";
import { keepResults, type Kept, maybeKept, pruneKept } from "../../lib/cli/_kept.ts";

async function withWorkspace(act: (workspace: Workspace) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "feira-kept-" });
  try {
    const effects = { ...systemEffects, env: () => undefined };
    await Deno.mkdir(join(root, "notebooks"));
    await act(openWorkspace({ root, project: "olist", effects }));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** Writes executed copies, and the notebooks that they are of. */
async function execute(workspace: Workspace, texts: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(texts)) {
    await writeFileBeside(join(workspace.notebooksDir, `${name}.ipynb`), "{}");
    await writeFileBeside(join(workspace.executedDir, `${name}.ipynb`), text);
  }
}

function publish(workspace: Workspace, segments: readonly number[]): Promise<void> {
  return saveAssignments(workspace.modelsDir, {
    segmentation: {
      modelId: "m",
      customerIds: segments.map((_, i) => `c${i}`),
      segments: Int32Array.from(segments),
    },
    subdivisions: [],
    segments: [{ id: 0, level: 1, name: "A" }, { id: 1, level: 1, name: "B" }],
  });
}

const KEEP = { runs: 2, days: 90 };

/** Remembers a run of a day of January that kept this. */
function ran(workspace: Workspace, day: number, kept?: Kept): Promise<void> {
  const now = Temporal.Instant.from(`2026-01-0${day}T12:00:00Z`);
  const entry: HistoryEntry = {
    ...{ project: "olist", warehouse: "duckdb", started: now.toString(), seconds: 1 },
    ...{ notebooks: [], end: "done", fingerprints: {}, fits: [], ...(kept && { kept }) },
    asked: { job: "full", force: false, parameters: {}, jobs: 1 },
    versions: { deno: "2.9.6", packages: "0123456789abcdef" },
  };
  return remember(workspace, entry, { keep: KEEP, now });
}

const files = async ({ runsDir }: Workspace) =>
  (await Array.fromAsync(Deno.readDir(join(runsDir, "kept")), ({ name }) => name)).sort();

Deno.test("keepResults() keeps a notebook that stayed the same once, and gives back its text", async () => {
  await withWorkspace(async (workspace) => {
    assert.deepEqual(await keepResults(workspace), { notebooks: {} });
    await execute(workspace, { "01_a": "São Paulo", "02_b": "one" });
    await writeFileBeside(join(workspace.executedDir, "03_gone.ipynb"), "of no notebook");
    const first = await keepResults(workspace);
    await execute(workspace, { "02_b": "two" });
    const second = await keepResults(workspace);
    assert.deepEqual(Object.keys(second.notebooks), ["01_a", "02_b"]);
    assert.equal(first.notebooks["01_a"], second.notebooks["01_a"]);
    assert.equal((await files(workspace)).length, 3);
    assert.equal(await maybeKept(workspace, first.notebooks["01_a"]!), "São Paulo");
    assert.equal(await maybeKept(workspace, first.notebooks["02_b"]!), "one");
    assert.equal(await maybeKept(workspace, second.notebooks["02_b"]!), "two");
    assert.equal(await maybeKept(workspace, "0".repeat(64)), undefined);
  });
});

Deno.test("keepResults() keeps the customers once for publications that have them in common", async () => {
  await withWorkspace(async (workspace) => {
    await publish(workspace, [0, 0, 1]);
    const { assignments: first } = await keepResults(workspace);
    await publish(workspace, [0, 1, 1]);
    const { assignments: second } = await keepResults(workspace);
    assert.equal(first!.customers, second!.customers);
    assert.notEqual(first!.segments, second!.segments);
    assert.equal((await files(workspace)).length, 3);
  });
});

Deno.test("pruneKept() removes what no remembered run names, and nothing of others", async () => {
  await withWorkspace(async (workspace) => {
    assert.deepEqual(await pruneKept(workspace), [], "nothing was kept yet");
    await ran(workspace, 1);
    const kept: Kept[] = [];
    for (const day of [2, 3, 4]) {
      await execute(workspace, { "01_a": "the same", "02_b": `of day ${day}` });
      await publish(workspace, [0, day % 2]);
      kept.push(await keepResults(workspace));
      await ran(workspace, day, kept.at(-1)!);
    }
    const half = `${"a".repeat(64)}.gz.0123abcd.tmp`;
    for (const name of [half, "notes.txt"]) {
      await writeFileBeside(join(workspace.runsDir, "kept", name), "");
    }
    // Two runs are remembered; day 2 had the segments of day 4.
    assert.deepEqual(
      await pruneKept(workspace),
      [half, `${kept[0]!.notebooks["02_b"]}.gz`].sort(),
    );
    assert.deepEqual(await pruneKept(workspace), []);
    assert.equal(await maybeKept(workspace, kept[0]!.notebooks["02_b"]!), undefined);
    for (const { notebooks, assignments } of kept.slice(1)) {
      for (const hash of [...Object.values(notebooks), ...Object.values(assignments!)]) {
        assert.ok(await maybeKept(workspace, hash), hash);
      }
    }
    assert.ok((await files(workspace)).includes("notes.txt"));
  });
});
