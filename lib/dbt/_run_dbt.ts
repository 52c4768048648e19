import { runProgram } from "feira/python";
import { type Effects, FeiraError, type Workspace } from "feira/workspace";
import { toEnvironment, toVariables } from "./_environment.ts";
import { toLauncher } from "./_launcher.ts";
import { maybeLogLine } from "./dbt_event.ts";

/** A command of dbt whose events nobody follows. */
export interface QuietRun {
  /** Of the environment that has dbt. */
  readonly python: string;
  readonly flags?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly effects: Effects;
}

/**
 * Runs it to its end, on the workspace's project, target folder and warehouse.
 *
 * @throws {FeiraError} `failed` with dbt's errors, else its last words.
 */
export async function runDbt(
  workspace: Workspace,
  command: string,
  { python, flags = [], signal, effects }: QuietRun,
): Promise<void> {
  const errors: string[] = [];
  const { success, lastLines } = await runProgram(python, [
    ...toLauncher(command, workspace),
    ...["--vars", JSON.stringify(toVariables(workspace))],
    ...flags,
  ], {
    env: toEnvironment(workspace, effects),
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
