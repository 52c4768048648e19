import { join } from "node:path";
import { buildComparison, type GridRun } from "feira/report";
import {
  checkGivenParameters,
  type GridSetting,
  type GridSource,
  planRun,
  toGridSettings,
} from "feira/notebook";
import { FeiraError, systemEffects, type Workspace } from "feira/workspace";
import { type GridWorkspace, openGridWorkspace } from "./_grid_workspace.ts";
import { runGridSetting, type SettingEnd } from "./_grid_setting.ts";
import { toPlanOptions } from "./_pipeline.ts";
import { fromCallersFolder, type RunOptions } from "./_run_options.ts";
import { maybeSource } from "./_run_record.ts";
import type { RunView } from "./_run_view.ts";
import { TableFingerprints } from "./_table_fingerprints.ts";

/** What surrounds a grid's runs. */
interface GridContext {
  readonly view: RunView;
  readonly signal: AbortSignal;
}

/**
 * Runs one notebook with every setting of a grid, each from the same data, in a
 * copy of the workspace: nothing that the last run published changes. What the
 * notebook needs is run first where it is stale, once for all settings.
 *
 * @returns the command's exit code: 1 when a setting failed.
 * @throws {FeiraError} `usage` for what is no grid of this notebook.
 */
export async function runGrid(
  workspace: Workspace,
  options: RunOptions,
  { view, signal }: GridContext,
): Promise<number> {
  const settings = await toSettings(workspace, options);
  const { target, stale } = await toTarget(workspace, options, settings);
  const started = systemEffects.now();
  await using grid = await openGridWorkspace(workspace);
  const context = { workspace, grid, options, view, signal };
  for (const name of stale) {
    view.line(`— ${name}, which ${target} needs`);
    const { error } = await runGridSetting({ ...context, only: name, parameters: {} });
    if (error !== undefined) throw new FeiraError("failed", `Cannot run the grid: ${error}`);
  }
  await grid.keep();
  const runs: GridRun[] = [];
  for (const { name, parameters } of settings) {
    view.line(`— ${name}`);
    await grid.restore();
    const end = await runGridSetting({ ...context, only: target, parameters });
    runs.push(await toGridRun({ name, parameters }, end, { grid, target }));
  }
  const index = await build(workspace, { target, runs, started });
  view.line("");
  for (const { name, state, why } of runs) {
    view.line(`${state === "ran" ? "✓" : "✗"} ${name}${why === undefined ? "" : `: ${why}`}`);
  }
  view.line(`Report      ${index.slice(workspace.root.length + 1)}`);
  return runs.every(({ state }) => state === "ran") ? 0 : 1;
}

async function toSettings(
  workspace: Workspace,
  { only, paramGrid = [], parameters }: RunOptions,
): Promise<GridSetting[]> {
  if (only === undefined) {
    throw new FeiraError("usage", "Cannot run: --param-grid without --only, must name a notebook");
  }
  if (workspace.engine !== "duckdb") {
    throw new FeiraError(
      "usage",
      `Cannot run: --param-grid with ${workspace.engine}, must be duckdb: settings run on copies of its file`,
    );
  }
  const settings = toGridSettings(await Promise.all(paramGrid.map(toSource)));
  const fixed = settings.flatMap((setting) => Object.keys(setting.parameters))
    .find((name) => Object.hasOwn(parameters, name));
  if (fixed === undefined) return settings;
  throw new FeiraError(
    "usage",
    `Cannot run: parameter ${fixed} is in --param and in --param-grid, must be in one`,
  );
}

async function toSource(text: string): Promise<GridSource> {
  if (!/\.(ya?ml|json)$/.test(text) || text.includes("=")) return { text };
  const path = fromCallersFolder(text, systemEffects);
  try {
    return { file: text, content: await Deno.readTextFile(path) };
  } catch (cause) {
    const message = `Cannot run: --param-grid is ${text}: ${(cause as Error).message}`;
    throw new FeiraError("usage", message, { cause });
  }
}

/** The notebook that is meant, and what of its upstream must run first. */
async function toTarget(
  workspace: Workspace,
  options: RunOptions,
  settings: readonly GridSetting[],
): Promise<{ target: string; stale: string[] }> {
  await using tables = new TableFingerprints(workspace);
  const plan = await toPlanOptions(workspace, tables, options);
  const selected = (await planRun(plan)).filter(({ isSelected }) => isSelected);
  // In a run's order the one that was asked for comes after all that it needs.
  const target = selected.at(-1)!;
  const names = selected.map(({ name }) => name);
  const concerned = plan.notebooks.filter(({ name }) => names.includes(name));
  for (const { parameters } of settings) checkGivenParameters(concerned, parameters);
  const stale = selected.filter(({ name, state }) =>
    target.upstream.includes(name) && state === "stale"
  );
  return { target: target.name, stale: stale.map(({ name }) => name) };
}

/** Keeps the executed copy where the next setting does not put its own. */
async function toGridRun(
  { name, parameters }: GridSetting,
  { state, seconds, error, executedPath }: SettingEnd,
  { grid, target }: { readonly grid: GridWorkspace; readonly target: string },
): Promise<GridRun> {
  const kept = join(grid.root, "executed", name, `${target}.ipynb`);
  if (executedPath !== undefined) {
    await Deno.mkdir(join(kept, ".."), { recursive: true });
    await Deno.copyFile(executedPath, kept);
  }
  return {
    ...{ name, parameters, state, seconds },
    ...(error !== undefined && { why: error }),
    ...(executedPath !== undefined && { executedPath: kept }),
  };
}

async function build(
  workspace: Workspace,
  { target, runs, started }: {
    readonly target: string;
    readonly runs: readonly GridRun[];
    readonly started: Temporal.Instant;
  },
): Promise<string> {
  const source = await maybeSource(workspace);
  const seconds = systemEffects.now().since(started).total("seconds");
  return await buildComparison({
    notebook: target,
    runs,
    outDir: join(workspace.reportsDir, "grid", target),
    site: {
      title: `Feira: ${workspace.project}`,
      banner: source?.banner,
      run: {
        started: started.toString({ smallestUnit: "second" }),
        seconds: Math.round(seconds * 10) / 10,
        source: source?.kind ?? "none yet",
        warehouse: workspace.engine,
        notebooks: [],
      },
      provenance: [
        { label: "Project", value: workspace.project },
        { label: "Deno", value: Deno.version.deno },
      ],
    },
  });
}
