import { join } from "node:path";
import { writeFileBeside } from "feira/workspace";
import { readAssets } from "./_assets.ts";
import { renderRunComparison } from "./_run_comparison_page.ts";
import type { ComparedRun } from "./compared_run.ts";
import type { Site } from "./site_spec.ts";

/** What {@linkcode buildRunComparison} needs. */
export interface RunComparisonSpec {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  /** The folder of the site; the page is `compare.html` in it. */
  readonly outDir: string;
  readonly site: Site;
}

/**
 * Makes the page that puts two remembered runs beside each other: what they
 * rested on, the model's measures, the segments, the notebooks' times. Segments
 * are matched by their ids, which publishing keeps from run to run.
 *
 * @returns the path of the page.
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
 * };
 * const site = { title: "Market", run, provenance: [] };
 * const page = await buildRunComparison({ before: run, after: run, outDir, site });
 * assert.match(await Deno.readTextFile(page), /Two runs compared/);
 * await Deno.remove(outDir, { recursive: true });
 * ```
 */
export async function buildRunComparison(
  { before, after, outDir, site }: RunComparisonSpec,
): Promise<string> {
  const page = renderRunComparison({ before, after }, { site, assets: await readAssets() });
  const path = join(outDir, "compare.html");
  await writeFileBeside(path, page);
  return path;
}
