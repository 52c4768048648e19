import { basename, join } from "node:path";
import { dbtDocs } from "feira/dbt";
import { fingerprintOf, type RawSource } from "feira/ingest";
import { listNotebooks } from "feira/notebook";
import { segmentColor } from "feira/plots";
import { buildSite, type Site, type SiteDocument } from "feira/report";
import {
  replaceDirBeside,
  type Workspace,
  writeFileBeside,
  writeJsonBeside,
} from "feira/workspace";
import { maybeCommit } from "./_commit.ts";
import { prunePages } from "./_prune.ts";
import { maybeSource, type RunRecord } from "./_run_record.ts";
import { maybeSiteStatus } from "./_site_status.ts";
import { readVersions } from "./_versions.ts";

/**
 * Makes reports/ from a project's executed notebooks and the record of its last
 * run: the pages, the executed notebooks, and run.json. What was there of notebooks
 * that are no more goes.
 *
 * @returns the paths of the index and of all pages, the index and the status among them.
 */
export async function buildReports(
  workspace: Workspace,
  record: RunRecord,
): Promise<{ readonly index: string; readonly pages: readonly string[] }> {
  const source = await maybeSource(workspace);
  const { tests, model, segments } = record;
  const documents = await placeDbtDocs(workspace);
  const status = await maybeSiteStatus(workspace);
  const sources = await listNotebooks(workspace.notebooksDir);
  await prunePages(workspace, sources.map((path) => basename(path, ".ipynb")));
  const { index, pages } = await buildSite({
    executedDir: workspace.executedDir,
    outDir: workspace.reportsDir,
    site: {
      title: `Feira: ${workspace.project}`,
      abstract:
        "From the raw files of a marketplace to customer segments, notebook by notebook. Every number on these pages was computed by one of these notebooks.",
      banner: source?.banner,
      run: {
        ...record,
        source: source === undefined ? record.source ?? "none yet" : placeOf(source),
        tests,
        model,
        segments: segments?.map((segment) => ({ ...segment, color: segmentColor(segment.id) })),
      },
      documents,
      status,
      provenance: [
        { label: "Project", value: workspace.project },
        ...(source
          ? [
            { label: "Data fingerprint", value: fingerprintOf(source) },
          ]
          : []),
        ...await codeFacts(workspace),
      ],
    },
  });
  await replaceDirBeside(join(workspace.reportsDir, "executed"), async (emptyDir) => {
    for await (const { name } of Deno.readDir(workspace.executedDir)) {
      await Deno.copyFile(join(workspace.executedDir, name), join(emptyDir, name));
    }
  });
  await writeJsonBeside(join(workspace.reportsDir, "run.json"), record);
  const own = status ? [join(workspace.reportsDir, "status.html")] : [];
  return { index, pages: [index, ...own, ...pages.map(({ path }) => path)] };
}

/** A page is mailed around: a folder's name says enough, its path too much. */
function placeOf({ kind, from }: RawSource): string {
  return kind === "folder" ? `folder ${basename(from)}` : from;
}

/** With which code and programs the pages were made. */
async function codeFacts(workspace: Workspace): Promise<Site["provenance"]> {
  const [commit, { deno, dbt, packages }] = await Promise.all([
    maybeCommit(workspace),
    readVersions(workspace),
  ]);
  const programs = [`Deno ${deno}`, ...(dbt ? [`dbt ${dbt}`] : []), `packages ${packages}`];
  return [
    ...(commit ? [{ label: "Commit", value: commit }] : []),
    { label: "Versions", value: programs.join(", ") },
  ];
}

const DBT_DOCS = "dbt_docs.html";

/** Puts dbt's documentation beside the pages, where dbt has built anything. */
async function placeDbtDocs(workspace: Workspace): Promise<SiteDocument[]> {
  const page = await dbtDocs(workspace);
  if (page === undefined) return [];
  await writeFileBeside(join(workspace.reportsDir, DBT_DOCS), await Deno.readFile(page));
  return [{
    file: DBT_DOCS,
    title: "dbt's documentation",
    about: "every table with its grain, columns, keys, tests and query, and the lineage of all.",
  }];
}
