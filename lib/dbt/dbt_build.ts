import { join } from "node:path";
import { type ProgramEnd, runProgram } from "feira/python";
import { type Effects, FeiraError, systemEffects, type Workspace } from "feira/workspace";
import { hashCode } from "./_hash_code.ts";
import { completeArtefacts, keepBuild, type LastBuild, takeLastBuild } from "./_last_build.ts";
import { findTestedCode, keepTestedCode } from "./_tested_code.ts";
import { toEnvironment, toVariables } from "./_environment.ts";
import { toLauncher } from "./_launcher.ts";
import { DbtError, isFailure } from "./dbt_error.ts";
import { ensureDbt } from "./ensure_dbt.ts";
import { type DbtEvent, maybeDbtEvent, maybeLogLine } from "./dbt_event.ts";
import { type DbtResults, readArtefacts, toDbtResults, writeArtefacts } from "./dbt_results.ts";

/** How the dbt project is built; everything is optional. */
export interface DbtBuildOptions {
  /** Gets every node's start and end as it happens. */
  readonly onEvent?: (event: DbtEvent) => void;
  /** dbt variables; `project` and `datasets` are set from the workspace. */
  readonly vars?: Readonly<Record<string, unknown>>;
  /**
   * What to build, by a name of dbt/selectors.yml. Its artefacts go to a folder
   * of that name, so that those of the marts stay.
   *
   * @default all but what stands on the published segments
   */
  readonly selector?: string;
  /**
   * Builds everything, also what neither changed code nor changed sources ask
   * for. @default whether `FEIRA_FULL` is set, which `deno task run --force` does
   */
  readonly full?: boolean;
  /** Ends dbt; the tables are then as far as it came. */
  readonly signal?: AbortSignal | undefined;
  readonly effects?: Effects;
}

/**
 * Brings the workspace's warehouse to what all seeds, models, snapshots and
 * tests of dbt/ make of its raw tables, in the Python environment that
 * `ensureDbt` makes. What is read and built is in `workspace.datasets`.
 *
 * Where a DuckDB file holds a whole build, only what changed since is built and
 * tested: nodes of changed code, what reads a source whose rows changed, and all
 * that is made from these. Where only rows changed unit tests, which have rows of
 * their own, are left out; where nothing changed dbt is not even started. The
 * result is a full build's. On BigQuery every table is built and tested each time,
 * and unit tests are left out where they have passed for the same code.
 *
 * Close every connection to a DuckDB file before: dbt needs it to itself.
 *
 * @returns the whole project: what was built now, and what still holds from
 * before; tests of severity `warn` are among its problems.
 * @throws {DbtError} when a model cannot be built or a test fails.
 * @throws {FeiraError} `environment` without Python or credentials, `data`
 * without a DuckDB file, `usage` where BigQuery's project is not named, `failed`
 * with dbt's last words when dbt itself comes to grief.
 * @throws the signal's reason when aborted, after dbt has ended.
 */
export async function dbtBuild(
  workspace: Workspace,
  options: DbtBuildOptions = {},
): Promise<DbtResults> {
  const { onEvent, selector, signal, effects = systemEffects } = options;
  const { full = effects.env("FEIRA_FULL") !== undefined } = options;
  const vars = { ...options.vars, ...toVariables(workspace) };
  await assertBuildable(workspace, effects);
  const place = selector === undefined ? workspace : await placeBeside(workspace, selector);
  const { python } = await ensureDbt(workspace, { effects, signal });
  // Before dbt reads it: what is changed meanwhile is for the next build.
  const inputs = { vars, code: await hashCode(workspace) };
  const isOnFile = workspace.engine === "duckdb";
  const isWhole = selector === undefined;
  const taken = isWhole && isOnFile ? await takeLastBuild(workspace, inputs) : undefined;
  const tested = isWhole && !isOnFile && !full
    ? await findTestedCode(workspace, inputs)
    : undefined;
  const last = full ? undefined : taken;
  if (last?.select.length === 0) {
    await writeArtefacts(workspace, last.artefacts);
    await keepBuild(workspace, last.artefacts, inputs);
    return toDbtResults(last.artefacts, workspace);
  }
  const isTested = tested !== undefined || last?.hasSameCode === true;
  let invocation: string | undefined;
  const errors: string[] = [];
  const end = await runProgram(python, toArguments(place, { vars, selector, last, isTested }), {
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
  const artefacts = await readArtefacts(place);
  // Artefacts of an earlier build stay where dbt ends before it writes its own.
  if (artefacts === undefined || artefacts.run.metadata.invocation_id !== invocation) {
    throw crashed(end, errors);
  }
  const part = toDbtResults(artefacts, workspace);
  if (part.problems.some(isFailure)) throw new DbtError(part);
  if (!end.success) throw crashed(end, errors);
  if (!isWhole) return part;
  const before = last?.artefacts ?? tested;
  const whole = before === undefined ? artefacts : completeArtefacts(artefacts, before);
  if (before !== undefined) await writeArtefacts(workspace, whole);
  await (isOnFile ? keepBuild : keepTestedCode)(workspace, whole, inputs);
  return toDbtResults(whole, workspace);
}

async function assertBuildable(
  { engine, duckdbPath }: Workspace,
  effects: Effects,
): Promise<void> {
  if (engine === "bigquery") {
    if (effects.env("GOOGLE_CLOUD_PROJECT") !== undefined) return;
    throw new FeiraError(
      "usage",
      "Cannot build the dbt project: GOOGLE_CLOUD_PROJECT is not set, must be the id of the project that pays",
    );
  }
  try {
    await Deno.stat(duckdbPath);
  } catch (cause) {
    throw new FeiraError(
      "data",
      `Cannot build the dbt project: ${duckdbPath} is not there, must hold the raw tables`,
      { cause },
    );
  }
}

/** The workspace with a folder of its own for artefacts, in which dbt finds what it has parsed. */
async function placeBeside(workspace: Workspace, selector: string): Promise<Workspace> {
  const dbtTargetDir = join(workspace.dbtTargetDir, selector);
  await Deno.mkdir(dbtTargetDir, { recursive: true });
  const [parsed, copy] = [workspace.dbtTargetDir, dbtTargetDir].map((dir) => join(dir, PARSED));
  await Deno.copyFile(parsed!, copy!).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  return { ...workspace, dbtTargetDir };
}

const PARSED = "partial_parse.msgpack";

function toArguments(
  workspace: Workspace,
  { vars, selector, last, isTested }: {
    readonly vars: Readonly<Record<string, unknown>>;
    readonly selector: string | undefined;
    readonly last: LastBuild | undefined;
    readonly isTested: boolean;
  },
): string[] {
  return [
    ...toLauncher("build", workspace),
    ...["--vars", JSON.stringify(vars)],
    ...(selector === undefined ? [] : ["--selector", selector]),
    // A selection puts the default selector out of force: its exception is said again.
    ...(last === undefined ? [] : [
      ...["--state", last.stateDir, "--select", ...last.select],
      ...["--exclude", "source:published+"],
    ]),
    ...(isTested ? ["--exclude-resource-type", "unit_test"] : []),
  ];
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

/** What the user can put right: a file that another process holds, and missing credentials. */
const FOR_THE_USER = /Could not set lock on file|Failed to authenticate|default credentials/;

// deno-lint-ignore no-control-regex -- colour codes begin with the control character ESC
const ANSI_COLOUR = /\u001b\[[0-9;]*m/g;
