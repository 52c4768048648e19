/** `deno task run`: from raw files to segments and reports; see docs/commands.md. */
import { ensureDbt } from "feira/dbt";
import {
  checkNotebooks,
  formatCellError,
  formatProblem,
  type PipelineResult,
  type PlannedNotebook,
  runPipeline,
} from "feira/notebook";
import {
  type Effects,
  FeiraError,
  holdLock,
  openWorkspace,
  systemEffects,
  withVariables,
  type Workspace,
} from "feira/workspace";
import { runGrid } from "./_grid.ts";
import { onInterrupt } from "./_interrupt.ts";
import { main, printError } from "./_main.ts";
import { checkFileOf, lockFileOf, tablesOnSuccess, toPlanOptions } from "./_pipeline.ts";
import { maybeRunOptions, type RunOptions } from "./_run_options.ts";
import { openRunLog, type RunLog } from "./_run_log.ts";
import { maybeSource, saveRunRecord } from "./_run_record.ts";
import { assertReachable, billedTo, LOOKING, runVariables, startBill } from "./_run_variables.ts";
import { openRunView, type RunView } from "./_run_view.ts";
import { buildReports } from "./_site.ts";
import { saveGraph } from "./_site_status.ts";
import { toSummary } from "./_summary.ts";
import { TableFingerprints } from "./_table_fingerprints.ts";

await main(async (args) => {
  const options = maybeRunOptions(args);
  if (options === undefined) return 0;
  const workspace = openWorkspace(options.warehouse ? { engine: options.warehouse } : {});
  const variables = runVariables(workspace, options, systemEffects);
  const effects = withVariables(systemEffects, variables);
  await assertRunnable(workspace, options, effects);
  using _lock = await holdLock(lockFileOf(workspace));
  await startBill(workspace);
  using interrupt = onInterrupt();
  const { signal } = interrupt;
  if (options.paramGrid !== undefined) {
    return await runGrid(workspace, options, { view: openRunView(options.log), signal });
  }
  const log = openRunLog(workspace, options);
  const view = openRunView(options.log);
  let result: PipelineResult;
  try {
    result = await execute(workspace, { options, variables, effects, view, log, signal });
  } catch (error) {
    await log.endWith(error, { isInterrupted: signal.aborted })
      .catch((cause) => view.line(`This run is not in the history: ${cause.message}`));
    throw error;
  }
  return await conclude(workspace, { result, view, log });
});

/** Faults of the command itself are found before anything is touched. */
async function assertRunnable(
  workspace: Workspace,
  { parameters }: RunOptions,
  effects: Effects,
): Promise<void> {
  await assertReachable(workspace, effects);
  const { raw } = parameters;
  if (raw === undefined) return;
  const isFolder = await Deno.stat(raw).then((info) => info.isDirectory, () => false);
  if (!isFolder) {
    throw new FeiraError(
      "usage",
      `Cannot run: --raw is ${raw}, must be a folder with the nine CSV files`,
    );
  }
}

interface Context {
  readonly options: RunOptions;
  /** Of every kernel's environment, and of `effects`. */
  readonly variables: Readonly<Record<string, string>>;
  readonly effects: Effects;
  readonly view: RunView;
  readonly log: RunLog;
  readonly signal: AbortSignal;
}

async function execute(workspace: Workspace, context: Context): Promise<PipelineResult> {
  const { options, variables, view, log, signal } = context;
  const effects = { ...context.effects, log: view.line };
  await using tables = new TableFingerprints(workspace, billedTo(workspace, LOOKING, effects));
  const plan = await toPlanOptions(workspace, tables, options);
  const check = await checkNotebooks(plan.notebooks, {
    root: workspace.root,
    cacheFile: checkFileOf(workspace),
  });
  if (check.problems.length > 0) {
    throw new FeiraError(
      "failed",
      `Cannot run: the notebooks' cells have faults, must have none\n${
        check.problems.map(formatProblem).join("\n")
      }`,
    );
  }
  return await runPipeline({
    ...plan,
    env: variables,
    jobs: options.jobs,
    cellTimeoutSeconds: options.cellTimeoutSeconds,
    prepare: async (notebooks) => {
      if (notebooks.some(needsDbt)) await ensureDbt(workspace, { effects, signal });
    },
    transaction: tablesOnSuccess(workspace, tables, { ...options, effects }),
    onEvent: (event) => {
      log.onEvent(event);
      view.onEvent(event);
    },
    signal,
  });
}

/** Whether a notebook that may run reads the dbt project. */
function needsDbt({ isSelected, state, reads }: PlannedNotebook): boolean {
  return isSelected && state === "stale" && reads.includes("dbt/");
}

/** Writes the record and the reports, tells the end, and gives the exit code. */
async function conclude(
  workspace: Workspace,
  { result, view, log }: Pick<Context, "view" | "log"> & { readonly result: PipelineResult },
): Promise<number> {
  const record = await log.end(result);
  await saveRunRecord(workspace, record);
  await saveGraph(workspace, result.after);
  const { index } = await buildReports(workspace, record);
  const banner = (await maybeSource(workspace))?.banner;
  view.line("");
  for (const line of toSummary(record, { workspace, index, banner })) view.line(line);
  const failed = result.notebooks.find(({ state }) => state === "failed");
  if (failed === undefined) return 0;
  const { error, name } = failed;
  printError(`\nerror: ${error ? formatCellError(error) : `${name} failed`}`);
  return error?.exitCode ?? 1;
}
