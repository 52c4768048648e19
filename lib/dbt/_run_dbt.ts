import { runProgram } from "feira/python";
import { FeiraError } from "feira/workspace";
import { toLauncher } from "./_launcher.ts";
import { maybeLogLine } from "./dbt_event.ts";

/** A command of dbt whose events nobody follows. */
export interface QuietRun {
  /** Of the environment that has dbt. */
  readonly python: string;
  readonly dbtDir: string;
  readonly targetDir: string;
  readonly duckdbPath: string;
  readonly project: string;
  readonly flags?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs it to its end.
 *
 * @throws {FeiraError} `failed` with dbt's errors, else its last words.
 */
export async function runDbt(command: string, run: QuietRun): Promise<void> {
  const { python, dbtDir, targetDir, duckdbPath, project, flags = [], signal } = run;
  const errors: string[] = [];
  const { success, lastLines } = await runProgram(python, [
    ...toLauncher(command, { dbtDir, targetDir }),
    ...["--vars", JSON.stringify({ project })],
    ...flags,
  ], {
    env: toEnvironment(duckdbPath),
    signal,
    onLine(line) {
      const logged = maybeLogLine(line);
      if (logged?.info.level === "error") errors.push(logged.info.msg);
    },
  });
  if (success) return;
  const words = (errors.length > 0 ? errors : lastLines).slice(0, 4).join("\n");
  throw new FeiraError("failed", `Cannot run dbt ${command}: ${words}`);
}

/** The child has this process's environment, but for what would lead Python elsewhere. */
export function toEnvironment(duckdbPath: string): Record<string, string | null> {
  return {
    FEIRA_DUCKDB_PATH: duckdbPath,
    PYTHONHOME: null,
    PYTHONPATH: null,
    PYTHONUTF8: "1",
  };
}
