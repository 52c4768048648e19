import { join } from "node:path";
import { ensurePython, type PythonEnvironment } from "feira/python";
import type { Effects, Workspace } from "feira/workspace";

/**
 * Makes sure that dbt is there, in the environment that requirements/dbt.txt
 * pins: at once where it is, else installed.
 *
 * @throws {FeiraError} `environment` as `ensurePython` of `feira/python` does.
 */
export function ensureDbt(
  workspace: Workspace,
  options: { readonly effects?: Effects; readonly signal?: AbortSignal | undefined } = {},
): Promise<PythonEnvironment> {
  return ensurePython({
    name: "dbt",
    requirements: join(workspace.requirementsDir, "dbt.txt"),
    venvDir: workspace.venvDir,
    ...options,
  });
}
