import { join } from "node:path";
import { writeFileBeside } from "feira/workspace";
import { readAssets } from "./_assets.ts";
import { renderRunComparison } from "./_run_comparison_page.ts";
import type { ComparedMigrations, ComparedRun, Missing } from "./compared_run.ts";
import type { Site } from "./site_spec.ts";

/** What {@linkcode buildRunComparison} needs. */
export interface RunComparisonSpec {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  /** Of either level, or why there are none. */
  readonly migrations: readonly ComparedMigrations[] | Missing;
  /** The folder of the site; the page is `compare.html` in it. */
  readonly outDir: string;
  readonly site: Site;
}

/**
 * Makes the page that puts two remembered runs beside each other: what they
 * rested on, the model's measures, the segments and who moved between them, the
 * figures that differ, the notebooks' times. Segments are matched by their ids, which
 * publishing keeps from run to run; figures by notebook, cell and place. Figures are as
 * untrusted as on a notebook's page. The page stays under 4 MB: what goes beyond is named.
 *
 * @returns the path of the page.
 * @throws {ReportError} when an executed copy cannot be read.
 * @throws {FeiraError} `environment` when the page cannot be written.
 *
 * @example
 * ```ts
 * import { buildRunComparison, type ComparedRun } from "feira/report";
 * import assert from "node:assert/strict";
 *
 * const outDir = await Deno.makeTempDir();
 * const run: ComparedRun = {
 *   ...{ started: "2026-01-31T12:00:00Z", seconds: 2, source: "folder", warehouse: "duckdb" },
 *   ...{ notebooks: [], end: "done", asked: "", fingerprints: [{ label: "Data", value: "a1" }] },
 *   executed: [],
 * };
 * const site = { title: "Market", run, provenance: [] };
 * const migrations = { why: "No segments were published" };
 * const page = await buildRunComparison({ before: run, after: run, migrations, outDir, site });
 * assert.match(await Deno.readTextFile(page), /Two runs compared/);
 * await Deno.remove(outDir, { recursive: true });
 * ```
 */
export async function buildRunComparison(
  { before, after, migrations, outDir, site }: RunComparisonSpec,
): Promise<string> {
  const page = renderRunComparison(
    { before, after, migrations },
    { site, assets: await readAssets() },
  );
  const path = join(outDir, "compare.html");
  await writeFileBeside(path, page);
  return path;
}
