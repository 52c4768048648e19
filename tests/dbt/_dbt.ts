import { dirname, join } from "node:path";
import { ensureDbt } from "feira/dbt";
import { runProgram } from "feira/python";
import { openWorkspace } from "feira/workspace";
import { fileURLToPath } from "node:url";

export { copyDir } from "../../lib/dbt/_copy_dir.ts";

/** This repository, with its environment for dbt. */
export const repository = openWorkspace({
  root: dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
});

/** Whether there is a Python to make the environment with: what lib/python looks for. */
function hasPython(): boolean {
  const programs = [Deno.env.get("FEIRA_PYTHON") ?? "python3", "python", "py", "uv"];
  return programs.some((program) => {
    try {
      return new Deno.Command(program, { args: ["--version"], stdout: "null", stderr: "null" })
        .outputSync().success;
    } catch {
      return false;
    }
  });
}

/** Options of tests that run dbt. */
export const needsPython = { ignore: !hasPython() };

/** For the titles of such tests. */
export const skipped = needsPython.ignore ? " (skipped: there is no Python to run dbt with)" : "";

/** How a project is run by dbt, without what lib/dbt makes of it. */
export interface DbtRun {
  /** The folder of dbt_project.yml and profiles.yml. */
  readonly projectDir: string;
  readonly targetDir: string;
  readonly env?: Readonly<Record<string, string | null>>;
  /** Of the environment that has dbt; default: this repository's. */
  readonly python?: string;
  readonly onLine?: (line: string) => void;
}

/** Runs dbt as lib/dbt does; its last lines are the error where it fails without having run its nodes. */
export async function runDbt(
  args: readonly string[],
  { projectDir, targetDir, env = {}, python, onLine }: DbtRun,
): Promise<{ readonly code: number; readonly lastLines: readonly string[] }> {
  return await runProgram(python ?? (await ensureDbt(repository)).python, [
    join(repository.root, "lib", "dbt", "run_dbt.py"),
    ...args,
    ...["--project-dir", projectDir, "--profiles-dir", projectDir, "--target-path", targetDir],
    ...["--log-path", join(targetDir, "logs"), "--log-level-file", "none"],
    ...["--no-send-anonymous-usage-stats", "--no-use-colors"],
  ], {
    env: { PYTHONHOME: null, PYTHONPATH: null, PYTHONUTF8: "1", ...env },
    ...(onLine && { onLine }),
  });
}
