import { join } from "node:path";
import { ensurePython, type PythonEnvironment } from "feira/python";
import type { Effects, Workspace } from "feira/workspace";

/**
 * Makes sure that dbt is there, with the adapter of the workspace's engine: at
 * once where it is, else installed. The environments are `dbt`, from
 * requirements/dbt.txt, and for BigQuery, which needs four times as much disk,
 * `bigquery`, from requirements/bigquery.txt.
 *
 * @throws {FeiraError} `environment` as `ensurePython` of `feira/python` does.
 */
export function ensureDbt(
  workspace: Workspace,
  options: { readonly effects?: Effects; readonly signal?: AbortSignal | undefined } = {},
): Promise<PythonEnvironment> {
  return ensurePython({
    name: environmentOf(workspace),
    requirements: requirementsOf(workspace),
    venvDir: workspace.venvDir,
    ...options,
  });
}

/** The environment that has the engine's adapter, and its file in requirements/. */
function environmentOf({ engine }: Workspace): string {
  return engine === "duckdb" ? "dbt" : engine;
}

/** The file that pins dbt and the engine's adapter. */
export function requirementsOf(workspace: Workspace): string {
  return join(workspace.requirementsDir, `${environmentOf(workspace)}.txt`);
}
