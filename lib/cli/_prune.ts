import { join } from "node:path";
import { maybeOutcome, readTuning } from "feira/segments";
import { FeiraError, type Workspace } from "feira/workspace";
import { readHistory } from "./_history.ts";
import { readRunRecordOf } from "./_run_record.ts";

/** Ids of the saved fits that the last search and the last segmentation rest on. */
export async function fitsInUse({ modelsDir }: Workspace): Promise<string[]> {
  const compared = await readTuning(modelsDir).then(
    // A file of the time before there were rungs has no trials.
    ({ leaderboard, trials = [] }) => [...leaderboard, ...trials],
    (error) => {
      if (error instanceof FeiraError && error.kind === "data") return [];
      throw error;
    },
  );
  const outcome = await maybeOutcome(modelsDir);
  const ids = compared.map(({ modelId }) => modelId);
  return [...new Set([...ids, ...(outcome ? [outcome.modelId] : [])])].sort();
}

/**
 * Removes the saved fits that none of the last runs rests on. One that was saved
 * since the first of them stays: a run that failed may have trained it.
 *
 * @param runs how many runs count as the last.
 * @returns the names of those removed.
 */
export async function pruneFits(workspace: Workspace, runs: number): Promise<string[]> {
  const last = await readHistory(workspace, runs);
  if (last.length === 0) return [];
  const used = new Set(last.flatMap(({ fits }) => fits));
  const since = Math.min(...last.map(({ started }) => Date.parse(started)));
  const dir = join(workspace.modelsDir, "fits");
  const removed: string[] = [];
  for (const name of await namesIn(dir)) {
    if (used.has(name)) continue;
    const { mtime } = await Deno.stat(join(dir, name));
    if (mtime !== null && mtime.getTime() >= since) continue;
    await Deno.remove(join(dir, name), { recursive: true });
    removed.push(name);
  }
  return removed;
}

/**
 * Removes the executed copies of notebooks that are no more, and their pages and
 * PDFs: of pages those that the last record in reports/ tells of, so that nothing goes
 * that somebody else put there.
 *
 * @param names of the notebooks that there are.
 */
export async function prunePages(workspace: Workspace, names: Iterable<string>): Promise<void> {
  const present = new Set(names);
  for (const file of await namesIn(workspace.executedDir)) {
    if (!file.endsWith(".ipynb") || present.has(file.slice(0, -".ipynb".length))) continue;
    await Deno.remove(join(workspace.executedDir, file));
  }
  const shown = await readRunRecordOf(join(workspace.reportsDir, "run.json")).catch(() =>
    undefined
  );
  for (const { name } of shown?.notebooks ?? []) {
    if (present.has(name)) continue;
    for (const file of [`${name}.html`, `${name}.pdf`]) {
      await Deno.remove(join(workspace.reportsDir, file)).catch((error) => {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      });
    }
  }
}

async function namesIn(dir: string): Promise<string[]> {
  try {
    return await Array.fromAsync(Deno.readDir(dir), ({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
