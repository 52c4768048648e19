import { type Effects, FeiraError, systemEffects } from "feira/workspace";
import { addRunOptions, type RunOptions, toRunOptions } from "./_run_options.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

/** What `deno task status` was asked for; the options of a run decide what is stale. */
export interface StatusOptions extends RunOptions {
  /** The notebooks and what they need of each other, instead of a line for each. */
  readonly graph: boolean;
  /** The graph for machines. */
  readonly json: boolean;
}

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
    .option("--json", "with --graph: print it as JSON", false);
  if (!parseArguments(command, args)) return undefined;
  const { graph, json } = command.opts<{ graph: boolean; json: boolean }>();
  if (json && !graph) {
    throw new FeiraError("usage", "Cannot tell the status: --json needs --graph with it");
  }
  return { ...toRunOptions(command, effects), graph, json };
}
