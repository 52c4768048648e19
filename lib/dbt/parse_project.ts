import { join } from "node:path";
import { type Effects, systemEffects, type Workspace } from "feira/workspace";
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
  const { effects = systemEffects, signal } = options;
  // Whichever the workspace's engine is: what is parsed does not depend on it.
  const onDuckdb: Workspace = { ...workspace, engine: "duckdb" };
  const { python } = await ensureDbt(onDuckdb, { effects, signal });
  const root = await Deno.makeTempDir({ prefix: "feira-parse-" });
  const copy: Workspace = {
    ...onDuckdb,
    duckdbPath: join(root, "none.duckdb"),
    dbtDir: join(root, "dbt"),
    seedsDir: join(root, "seeds"),
    dbtTargetDir: join(root, "target"),
  };
  try {
    await copyDir(workspace.dbtDir, copy.dbtDir);
    await copyDir(workspace.seedsDir, copy.seedsDir);
    await Deno.writeTextFile(join(copy.seedsDir, PLACED_SEED), "");
    await runDbt(copy, "parse", { python, effects, signal });
    return JSON.parse(await Deno.readTextFile(join(copy.dbtTargetDir, "manifest.json")));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
