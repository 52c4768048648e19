import { join } from "node:path";
import { type Effects, FeiraError, systemEffects, type Workspace } from "feira/workspace";
import { toVariables } from "./_environment.ts";
import { hashCode } from "./_hash_code.ts";
import {
  type BuildInputs,
  completeArtefacts,
  keepBuild,
  type LastBuild,
  takeLastBuild,
} from "./_last_build.ts";
import { runBuild } from "./_run_build.ts";
import { findTestedCode, keepTestedCode } from "./_tested_code.ts";
import { type DbtEvent } from "./dbt_event.ts";
import { type Artefacts, type DbtResults, toDbtResults, writeArtefacts } from "./dbt_results.ts";

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
  const { selector, effects = systemEffects } = options;
  const { full = effects.env("FEIRA_FULL") !== undefined } = options;
  const vars = { ...options.vars, ...toVariables(workspace) };
  await assertBuildable(workspace, effects);
  if (selector !== undefined) {
    const place = await placeBeside(workspace, selector);
    return toDbtResults(
      await runBuild(place, ["--selector", selector], { ...options, vars }),
      place,
    );
  }
  // Before dbt reads it: what is changed meanwhile is for the next build.
  const inputs = { vars, code: await hashCode(workspace) };
  const build = workspace.engine === "duckdb" ? buildOnFile : buildInWarehouse;
  const whole = await build(workspace, inputs, { ...options, vars, full });
  return toDbtResults(whole, workspace);
}

type BuildOptions = DbtBuildOptions & Pick<BuildInputs, "vars">;

/** Brings a DuckDB file up to date from the build that it holds. */
async function buildOnFile(
  workspace: Workspace,
  inputs: BuildInputs,
  options: BuildOptions,
): Promise<Artefacts> {
  const taken = await takeLastBuild(workspace, inputs);
  const last = options.full ? undefined : taken;
  const whole = last === undefined
    ? await runBuild(workspace, [], options)
    : last.select.length === 0
    ? last.artefacts
    : completeArtefacts(await runBuild(workspace, toSelection(last), options), last.artefacts);
  if (last !== undefined) await writeArtefacts(workspace, whole);
  await keepBuild(workspace, whole, inputs);
  return whole;
}

/** Builds all tables anew, and leaves out what their rows have no part in. */
async function buildInWarehouse(
  workspace: Workspace,
  inputs: BuildInputs,
  options: BuildOptions,
): Promise<Artefacts> {
  const tested = options.full ? undefined : await findTestedCode(workspace, inputs);
  const whole = tested === undefined
    ? await runBuild(workspace, [], options)
    : completeArtefacts(await runBuild(workspace, NO_UNIT_TESTS, options), tested);
  if (tested !== undefined) await writeArtefacts(workspace, whole);
  await keepTestedCode(workspace, whole, inputs);
  return whole;
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

const NO_UNIT_TESTS = ["--exclude-resource-type", "unit_test"];

function toSelection({ stateDir, select, hasSameCode }: LastBuild): string[] {
  return [
    ...["--state", stateDir, "--select", ...select],
    // A selection puts the default selector out of force: its exceptions are said again.
    ...["--exclude", "source:published+", "source:scorer+"],
    ...(hasSameCode ? NO_UNIT_TESTS : []),
  ];
}
