import { join } from "node:path";
import type { CellError, ParameterValue, PipelineEvent } from "feira/notebook";
import { runProgram } from "feira/python";
import type { Workspace } from "feira/workspace";
import type { GridWorkspace } from "./_grid_workspace.ts";
import type { RunOptions } from "./_run_options.ts";
import type { RunView } from "./_run_view.ts";

/** One run in a grid's workspace. */
export interface SettingSpec {
  readonly workspace: Workspace;
  readonly grid: GridWorkspace;
  readonly options: RunOptions;
  readonly only: string;
  /** Over those of the options. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly view: RunView;
  readonly signal: AbortSignal;
}

/** How it ended. */
export interface SettingEnd {
  readonly state: "ran" | "failed";
  readonly seconds: number;
  readonly error?: string;
  /** The notebook's executed copy, where the run came to it. */
  readonly executedPath?: string;
}

/**
 * Runs `deno task run` in the copy, for one notebook. Its progress is told as
 * the grid's own; what it prints besides is not.
 *
 * @throws the signal's reason when it fires.
 */
export async function runGridSetting(spec: SettingSpec): Promise<SettingEnd> {
  const { workspace, grid, only, view, signal } = spec;
  const seen = { seconds: 0, error: "", isReached: false };
  const follow = (line: string) => {
    const event = maybeEvent(line);
    if (event?.type === "notebook finished") {
      seen.seconds += event.seconds;
      if (event.state === "failed") seen.error = event.error?.message ?? "";
      if (event.notebook === only) seen.isReached = event.state !== "skipped";
    }
    if (event !== undefined && isShown(event)) view.onEvent(event);
  };
  const { success, lastLines } = await runProgram(Deno.execPath(), argumentsOf(spec), {
    cwd: grid.root,
    env: {
      NO_COLOR: "1",
      PROJECT_NAME: workspace.project,
      FEIRA_WAREHOUSE: workspace.engine,
      FEIRA_VENV: workspace.venvDir,
      FEIRA_DUCKDB: join(grid.root, "data", `${workspace.project}.duckdb`),
    },
    onLine: (line, stream) => {
      if (stream === "stdout") follow(line);
    },
    signal,
  });
  const told = lastLines.find((line) => line.startsWith("error: ")) ?? lastLines.at(-1) ?? "";
  return {
    state: success ? "ran" : "failed",
    seconds: Math.round(seen.seconds * 1000) / 1000,
    ...(!success && { error: seen.error || told.replace(/^error: /, "") }),
    ...(seen.isReached && {
      executedPath: join(grid.root, "data/runs", workspace.project, "executed", `${only}.ipynb`),
    }),
  };
}

function argumentsOf({ options, only, parameters }: SettingSpec): string[] {
  const given = Object.entries({ ...options.parameters, ...parameters });
  return [
    ...[
      "run",
      "-A",
      "lib/cli/run.ts",
      "--only",
      only,
      "--log",
      "json",
      "--jobs",
      String(options.jobs),
    ],
    ...(options.force ? ["--force"] : []),
    ...given.flatMap(([name, value]) => ["--param", `${name}=${value}`]),
  ];
}

type Event = PipelineEvent | { readonly type: "message" };

/** An event as `--log json` prints it: of an error there is the message. */
function maybeEvent(line: string): Event | undefined {
  try {
    const event = JSON.parse(line);
    if (typeof event.error !== "string") return event;
    return { ...event, error: { message: event.error } as CellError };
  } catch {
    // A program that a notebook started may print what is no event.
    return undefined;
  }
}

/** The plan and the fresh notebooks are every setting's, and so told once too often. */
function isShown(event: Event): event is PipelineEvent {
  if (event.type === "notebook finished") return event.state === "ran" || event.state === "failed";
  return event.type !== "plan" && event.type !== "message";
}
