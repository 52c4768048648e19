import { basename, join } from "node:path";
import { segmentColor } from "feira/plots";
import { buildSite } from "feira/report";
import { replaceDirBeside, type Workspace, writeJsonBeside } from "feira/workspace";
import { maybeSource, type RunRecord } from "./_run_record.ts";
import { fingerprintOf } from "./_source_fingerprint.ts";

/**
 * Makes reports/ from a project's executed notebooks and the record of its last
 * run: the pages, the executed notebooks, and run.json.
 *
 * @returns the path of the index.
 */
export async function buildReports(workspace: Workspace, record: RunRecord): Promise<string> {
  const source = await maybeSource(workspace);
  const { tests, model, segments } = record;
  const { index } = await buildSite({
    executedDir: workspace.executedDir,
    outDir: workspace.reportsDir,
    site: {
      title: `Feira: ${workspace.project}`,
      abstract:
        "From the raw files of a marketplace to customer segments, notebook by notebook. Every number on these pages was computed by one of these notebooks.",
      banner: source?.banner,
      run: {
        ...record,
        source: record.source ?? "none yet",
        tests,
        model,
        segments: segments?.map((segment) => ({ ...segment, color: segmentColor(segment.id) })),
      },
      provenance: [
        { label: "Project", value: workspace.project },
        ...(source
          ? [
            // A page is mailed around: a folder's name says enough, its path too much.
            {
              label: "Files from",
              value: source.kind === "folder" ? basename(source.from) : source.from,
            },
            { label: "Data fingerprint", value: fingerprintOf(source) },
          ]
          : []),
        { label: "Deno", value: Deno.version.deno },
      ],
    },
  });
  await replaceDirBeside(join(workspace.reportsDir, "executed"), async (emptyDir) => {
    for await (const { name } of Deno.readDir(workspace.executedDir)) {
      await Deno.copyFile(join(workspace.executedDir, name), join(emptyDir, name));
    }
  });
  await writeJsonBeside(join(workspace.reportsDir, "run.json"), record);
  return index;
}
