import { type ProgramEnd, runProgram } from "feira/python";
import { type Effects, FeiraError, systemEffects, type Workspace } from "feira/workspace";
import { toEnvironment } from "./_environment.ts";
import { toLauncher } from "./_launcher.ts";
import { DbtError, isFailure } from "./dbt_error.ts";
import { type DbtEvent, maybeDbtEvent, maybeLogLine } from "./dbt_event.ts";
import { type Artefacts, readArtefacts, toDbtResults } from "./dbt_results.ts";
import { ensureDbt } from "./ensure_dbt.ts";

/** One run of `dbt build`. */
export interface BuildRun {
  readonly vars: Readonly<Record<string, unknown>>;
  readonly onEvent?: (event: DbtEvent) => void;
  readonly signal?: AbortSignal | undefined;
  readonly effects?: Effects;
}

/**
 * Runs dbt with a selection to its end.
 *
 * @returns the artefacts of this run, in which nothing has failed.
 * @throws as `dbtBuild` does.
 */
export async function runBuild(
  workspace: Workspace,
  selection: readonly string[],
  { vars, onEvent, signal, effects = systemEffects }: BuildRun,
): Promise<Artefacts> {
  const { python } = await ensureDbt(workspace, { effects, signal });
  let invocation: string | undefined;
  const errors: string[] = [];
  const end = await runProgram(python, [
    ...toLauncher("build", workspace),
    ...["--vars", JSON.stringify(vars)],
    ...selection,
  ], {
    env: toEnvironment(workspace, effects),
    signal,
    onLine(line) {
      const logged = maybeLogLine(line);
      if (logged === undefined) return;
      invocation ??= logged.info.invocation_id;
      if (logged.info.level === "error") errors.push(logged.info.msg);
      const event = maybeDbtEvent(logged);
      if (event !== undefined) onEvent?.(event);
    },
  });
  const artefacts = await readArtefacts(workspace);
  // Artefacts of an earlier build stay where dbt ends before it writes its own.
  if (artefacts === undefined || artefacts.run.metadata.invocation_id !== invocation) {
    throw crashed(end, errors);
  }
  const results = toDbtResults(artefacts, workspace);
  if (results.problems.some(isFailure)) throw new DbtError(results);
  if (!end.success) throw crashed(end, errors);
  return artefacts;
}

function crashed({ code, lastLines }: ProgramEnd, errors: readonly string[]): FeiraError {
  // Where dbt could not even log, Python's own words are all there is.
  const words = errors.length > 0 ? errors : lastLines.filter((line) => !maybeLogLine(line));
  const text = words.slice(-8).join("\n").replace(ANSI_COLOUR, "").trim();
  return new FeiraError(
    FOR_THE_USER.test(text) ? "environment" : "failed",
    `Cannot build the dbt project: dbt ended with code ${code}\n${text}`.trim(),
  );
}

/** What the user can put right: a file that another process holds, credentials, a permission. */
const FOR_THE_USER =
  /Could not set lock on file|Failed to authenticate|default credentials|Access Denied/;

// deno-lint-ignore no-control-regex -- colour codes begin with the control character ESC
const ANSI_COLOUR = /\u001b\[[0-9;]*m/g;
