import { basename, join } from "node:path";
import { replaceDirBeside } from "feira/workspace";
import { type ComparedSetting, renderComparisonPage } from "./_comparison_page.ts";
import { draftNotebook, renderNotebookPage } from "./_notebook_page.ts";
import { readAssets } from "./_assets.ts";
import type { GridRun } from "./grid_run.ts";
import { type ExecutedNotebook, isRecord, parseExecuted } from "./read_executed.ts";
import type { NotebookRun, Site } from "./site_spec.ts";

const FACTS_MIME = "application/vnd.feira.facts+json";

/** What {@linkcode buildComparison} needs. */
export interface ComparisonSpec {
  /** The notebook's name, as `08_segment`. */
  readonly notebook: string;
  readonly runs: readonly GridRun[];
  /** The folder of the pages; it takes the place of an earlier one, whole. */
  readonly outDir: string;
  readonly site: Site;
}

/**
 * Makes a page for every setting that a notebook was run with, and one that
 * compares them: settings by the key figures that the notebook shows.
 *
 * @returns the path of the comparison.
 * @throws {ReportError} when an executed copy cannot be read.
 * @throws {FeiraError} `environment` when the pages cannot be written.
 */
export async function buildComparison(
  { notebook, runs, outDir, site }: ComparisonSpec,
): Promise<string> {
  const assets = await readAssets();
  const drafts = await Promise.all(runs.map(async (run) => ({ run, draft: await readDraft(run) })));
  const shown = drafts.flatMap(({ run, draft }) => draft ? [{ run, draft }] : []);
  const title = shown[0]?.draft.title ?? notebook;
  const titled = shown.map(({ run, draft }) => ({ ...draft, title: `${title}: ${run.name}` }));
  const settings = drafts.map(({ run, draft }): ComparedSetting => ({
    ...run,
    hasPage: draft !== undefined,
    facts: draft ? factsOf(draft.notebook) : [],
  }));
  const around = { site: { ...site, title: `${title}: settings compared` }, assets };
  await replaceDirBeside(outDir, async (emptyDir) => {
    for (const [i, draft] of titled.entries()) {
      const { run } = shown[i]!;
      const page = renderNotebookPage(draft, {
        ...around,
        run: toNotebookRun(run),
        previous: titled[i - 1],
        next: titled[i + 1],
      });
      await Deno.writeTextFile(join(emptyDir, `${run.name}.html`), page);
    }
    const comparison = renderComparisonPage({ notebook, title, settings }, { site, assets });
    await Deno.writeTextFile(join(emptyDir, "index.html"), comparison);
    const record = settings.map(({ hasPage, executedPath: _, ...setting }) => ({
      ...setting,
      ...(hasPage && { page: `${setting.name}.html` }),
    }));
    await Deno.writeTextFile(join(emptyDir, "grid.json"), JSON.stringify(record, null, 2) + "\n");
  });
  return join(outDir, "index.html");
}

async function readDraft({ name, executedPath }: GridRun) {
  if (executedPath === undefined) return undefined;
  const text = await Deno.readTextFile(executedPath);
  return draftNotebook(name, parseExecuted(basename(executedPath), text));
}

function toNotebookRun({ name, state, seconds, why }: GridRun): NotebookRun {
  return { name, state, seconds, ...(why !== undefined && { why }) };
}

/** Every key figure that a notebook shows, in order; of two with one label the later. */
function factsOf(notebook: ExecutedNotebook): ComparedSetting["facts"] {
  const facts = new Map<string, string>();
  for (const { outputs } of notebook.cells) {
    for (const output of outputs) {
      const data = output.type === "data" ? output.data[FACTS_MIME] : undefined;
      if (!isRecord(data) || !Array.isArray(data.facts)) continue;
      for (const { label, value } of data.facts.filter(isRecord)) {
        if (typeof label === "string") facts.set(label, String(value ?? ""));
      }
    }
  }
  return [...facts].map(([label, value]) => ({ label, value }));
}
