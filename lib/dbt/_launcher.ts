import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Runs dbt in less time than its own command. */
const LAUNCHER = fileURLToPath(new URL("run_dbt.py", import.meta.url));

/** Arguments for the environment's Python, by which dbt logs JSON lines and asks no host. */
export function toLauncher(
  command: string,
  { dbtDir, targetDir }: { readonly dbtDir: string; readonly targetDir: string },
): string[] {
  return [
    LAUNCHER,
    ...command.split(" "),
    ...["--project-dir", dbtDir, "--profiles-dir", dbtDir, "--target-path", targetDir],
    ...["--log-format", "json", "--log-level-file", "none"],
    // dbt makes this folder even where it logs nothing to it.
    ...["--log-path", join(targetDir, "logs")],
    ...["--no-send-anonymous-usage-stats", "--no-use-colors"],
  ];
}
