import { type Effects, FeiraError, systemEffects } from "feira/workspace";
import { addRunOptions, fromCallersFolder, type RunOptions, toRunOptions } from "./_run_options.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

/** What `deno task status` was asked for; the options of a run decide what is stale. */
export interface StatusOptions extends RunOptions {
  /** A line for each notebook, or the graph of them, or the last runs. */
  readonly view: "list" | "graph" | "history";
  /** The graph or the runs for machines. */
  readonly json: boolean;
  /** Where the drawing of the graph goes; absolute. */
  readonly svg?: string;
  /** How many runs of the history. */
  readonly runs: number;
}

const DEFAULT_RUNS = 20;

/**
 * Reads the arguments of `deno task status`.
 *
 * @returns undefined when `--help` was answered.
 * @throws {FeiraError} `usage` for what it does not know or what cannot be meant.
 */
export function maybeStatusOptions(
  args: readonly string[],
  { effects = systemEffects }: { effects?: Pick<Effects, "env"> } = {},
): StatusOptions | undefined {
  const command = addRunOptions(defineCommand(
    "status",
    "Say which notebooks a run with these options would find stale, and why",
  ))
    .option("--graph", "show what the notebooks need of each other", false)
    .option("--svg <file>", "with --graph: draw it into a file")
    .option("--history [runs]", `show the last runs (${DEFAULT_RUNS})`)
    .option("--json", "with --graph or --history: print it as JSON", false);
  if (!parseArguments(command, args)) return undefined;
  const { graph, svg, history, json } = command.opts<{
    graph: boolean;
    svg?: string;
    history?: string | true;
    json: boolean;
  }>();
  if (graph && history !== undefined) throw toUsageError("--graph and --history", "one of them");
  if (json && !graph && history === undefined) {
    throw toUsageError("--json alone", "with --graph or --history");
  }
  if (svg !== undefined && !graph) throw toUsageError("--svg alone", "with --graph");
  if (svg !== undefined && json) throw toUsageError("--svg and --json", "one of them");
  return {
    ...toRunOptions(command, effects),
    view: graph ? "graph" : history === undefined ? "list" : "history",
    json,
    runs: history === undefined || history === true ? DEFAULT_RUNS : toRuns(history),
    ...(svg !== undefined && { svg: fromCallersFolder(svg, effects) }),
  };
}

function toRuns(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw toUsageError(`--history ${text}`, "a whole number from 1");
}

function toUsageError(found: string, wanted: string): FeiraError {
  return new FeiraError("usage", `Cannot tell the status: ${found} given, must be ${wanted}`);
}
