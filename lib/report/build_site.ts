import { join } from "node:path";
import { FeiraError, writeFileBeside } from "feira/workspace";
import { renderIndexPage } from "./_index_page.ts";
import { draftNotebook, type NotebookDraft, renderNotebookPage } from "./_notebook_page.ts";
import { readAssets } from "./_assets.ts";
import { renderStatusPage } from "./_status_page.ts";
import { parseExecuted } from "./read_executed.ts";
import { ReportError } from "./report_error.ts";
import type { Site, SitePage, SiteSpec } from "./site_spec.ts";

/**
 * Makes a site of executed notebooks: one self-contained HTML page for each, an
 * index, and a page of the status where that is given. Pages ask no host for anything; what notebooks hold is taken as
 * untrusted. Executed copies that the run does not mention get their page too.
 *
 * All pages are made before the first is written, and each is written beside
 * and renamed: after an error the earlier site is as it was. The same input
 * gives the same bytes.
 *
 * @throws {ReportError} when an executed notebook cannot be read, or one that
 * the run says `ran` or is `fresh` is not there.
 * @throws {FeiraError} `environment` when the pages cannot be written.
 *
 * @example
 * ```ts
 * import { buildSite } from "feira/report";
 * import assert from "node:assert/strict";
 *
 * const executedDir = await Deno.makeTempDir();
 * const cells = [{ cell_type: "markdown", metadata: {}, source: "# Ingest\n\nThe files." }];
 * const notebook = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
 * await Deno.writeTextFile(`${executedDir}/01_ingest.ipynb`, notebook);
 *
 * const { pages, index } = await buildSite({
 *   executedDir,
 *   outDir: `${executedDir}/site`,
 *   site: {
 *     title: "Market",
 *     run: { started: "2026-01-31T12:00:00Z", seconds: 1, source: "folder", warehouse: "duckdb", notebooks: [] },
 *     provenance: [],
 *   },
 * });
 * assert.equal(pages[0]!.name, "01_ingest");
 * assert.match(await Deno.readTextFile(index), /<a href="01_ingest.html">Ingest<\/a>/);
 * ```
 */
export async function buildSite(
  spec: SiteSpec,
): Promise<{ readonly pages: readonly SitePage[]; readonly index: string }> {
  const { executedDir, outDir, site, effects } = spec;
  const [drafts, assets] = await Promise.all([readDrafts(executedDir, site), readAssets()]);
  const runs = new Map(site.run.notebooks.map((notebook) => [notebook.name, notebook]));
  const texts = drafts.map((draft, i) =>
    renderNotebookPage(draft, {
      site,
      assets,
      run: runs.get(draft.name),
      previous: drafts[i - 1],
      next: drafts[i + 1],
    })
  );
  const indexText = renderIndexPage(drafts, { site, assets });
  const names = new Set(drafts.map(({ name }) => name));
  const statusText = site.status && renderStatusPage(site.status, { site, assets, pages: names });
  const pages: SitePage[] = [];
  for (const [i, draft] of drafts.entries()) {
    const path = join(outDir, `${draft.name}.html`);
    const bytes = new TextEncoder().encode(texts[i]!);
    await writeFileBeside(path, bytes);
    pages.push({ name: draft.name, path, bytes: bytes.length });
  }
  if (statusText !== undefined) await writeFileBeside(join(outDir, "status.html"), statusText);
  const index = join(outDir, "index.html");
  await writeFileBeside(index, indexText);
  effects?.log(`${pages.length} pages and their index in ${outDir}`);
  return { pages, index };
}

async function readDrafts(executedDir: string, site: Site): Promise<NotebookDraft[]> {
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(executedDir)) {
      if (isFile && name.endsWith(".ipynb") && !name.startsWith(".")) names.push(name.slice(0, -6));
    }
  } catch (cause) {
    throw new FeiraError(
      "environment",
      `Cannot report: ${
        (cause as Error).message
      } at ${executedDir}, must be the folder of executed notebooks`,
      { cause },
    );
  }
  for (const { name, state } of site.run.notebooks) {
    if ((state === "ran" || state === "fresh") && !names.includes(name)) {
      const file = join(executedDir, `${name}.ipynb`);
      throw new ReportError(
        file,
        `the run says ${state} but found nothing`,
        "be its executed copy",
      );
    }
  }
  return Promise.all(
    names.sort().map(async (name) => {
      const file = join(executedDir, `${name}.ipynb`);
      return draftNotebook(name, parseExecuted(file, await Deno.readTextFile(file)));
    }),
  );
}
