import { join } from "node:path";
import type { Effects, Workspace } from "feira/workspace";
import { copyDir } from "./_copy_dir.ts";
import { runDbt } from "./_run_dbt.ts";
import { ensureDbt } from "./ensure_dbt.ts";
import type { SchemaManifest } from "./star_schema.ts";

/** Placed by the first notebook only; its licence keeps it out of the repository. */
const PLACED_SEED = "product_category_name_translation.csv";

/**
 * Parses dbt/ and its seeds as they lie in the workspace and returns the
 * manifest: needs neither a warehouse nor a run. It parses in a temporary copy,
 * from nothing: some 6 s.
 *
 * @throws {FeiraError} `environment` without Python, `failed` with dbt's words
 * for a project that cannot be parsed.
 */
export async function parseProject(
  workspace: Workspace,
  options: { readonly effects?: Effects; readonly signal?: AbortSignal | undefined } = {},
): Promise<SchemaManifest> {
  const { python } = await ensureDbt(workspace, options);
  const root = await Deno.makeTempDir({ prefix: "feira-parse-" });
  try {
    await copyDir(workspace.dbtDir, join(root, "dbt"));
    await copyDir(workspace.seedsDir, join(root, "seeds"));
    await Deno.writeTextFile(join(root, "seeds", PLACED_SEED), "");
    const targetDir = join(root, "target");
    await runDbt("parse", {
      python,
      dbtDir: join(root, "dbt"),
      targetDir,
      duckdbPath: join(root, "none.duckdb"),
      project: workspace.project,
      signal: options.signal,
    });
    return JSON.parse(await Deno.readTextFile(join(targetDir, "manifest.json")));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
