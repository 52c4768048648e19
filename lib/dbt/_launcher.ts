import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Workspace } from "feira/workspace";

/** Runs dbt in less time than its own command. */
const LAUNCHER = fileURLToPath(new URL("run_dbt.py", import.meta.url));

/** Arguments for the environment's Python, by which dbt logs JSON lines and asks no host. */
export function toLauncher(
  command: string,
  { dbtDir, dbtTargetDir }: Pick<Workspace, "dbtDir" | "dbtTargetDir">,
): string[] {
  return [
    LAUNCHER,
    ...command.split(" "),
    ...["--project-dir", dbtDir, "--profiles-dir", dbtDir, "--target-path", dbtTargetDir],
    ...["--log-format", "json", "--log-level-file", "none"],
    // dbt makes this folder even where it logs nothing to it.
    ...["--log-path", join(dbtTargetDir, "logs")],
    ...["--no-send-anonymous-usage-stats", "--no-use-colors"],
  ];
}
