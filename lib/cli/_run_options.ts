import { isAbsolute, join } from "node:path";
import type { Command } from "commander";
import { type Effects, FeiraError, systemEffects } from "feira/workspace";
import { type Job, toJob } from "./_jobs.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

/** How much is told while a run is under way. */
export type LogFormat = "auto" | "plain" | "json";

/** What `deno task run` was asked for. */
export interface RunOptions {
  readonly job: Job;
  readonly only?: string;
  readonly from?: string;
  readonly force: boolean;
  /** Notebook parameters as texts: `--param`, and those that `--raw`, `--synthetic` and `--accept` stand for. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Of `--only`'s notebook: `key=value,value`, or files that list settings. */
  readonly paramGrid?: readonly string[];
  readonly warehouse?: string;
  /** No statement on BigQuery may be billed more. */
  readonly maxBytesBilled?: number;
  /** How many notebooks may be at work at the same time. */
  readonly jobs: number;
  /** How old the results of ingestion may be. */
  readonly maxAgeSeconds?: number;
  /** How long one cell may take. */
  readonly cellTimeoutSeconds?: number;
  readonly log: LogFormat;
}

/** Orders of the synthetic market when no number is given. */
export const DEFAULT_SYNTHETIC_ORDERS = 20_000;

/**
 * Reads the arguments of `deno task run`.
 *
 * @returns undefined when `--help` was answered.
 * @throws {FeiraError} `usage` for what it does not know or what cannot be meant.
 */
export function maybeRunOptions(
  args: readonly string[],
  { effects = systemEffects }: { effects?: Pick<Effects, "env"> } = {},
): RunOptions | undefined {
  const command = addRunOptions(
    defineCommand("run", "Run the notebooks whose results are not fresh, in order"),
  ).option("--param-grid <grid>", "key=value,value or a .yaml file: compare settings", collect, []);
  return parseArguments(command, args) ? toRunOptions(command, effects) : undefined;
}

/** Gives a command the options that say what a run is about. */
export function addRunOptions(command: Command): Command {
  return command
    .option("--raw <dir>", "folder with the nine CSV files")
    .option("--synthetic [orders]", `a made-up market (${DEFAULT_SYNTHETIC_ORDERS} orders)`)
    .option("--job <name>", "elt, segmentation or full", "full")
    .option("--only <notebook>", "this notebook, and first what it needs that is stale")
    .option("--from <notebook>", "this notebook and those after it")
    .option("--force", "run also what is fresh", false)
    .option("--param <key=value>", "set a notebook parameter; may be repeated", collect, [])
    .option("--warehouse <engine>", "duckdb or bigquery (default: duckdb)")
    .option("--max-bytes-billed <bytes>", "BigQuery refuses a statement that would be billed more")
    .option("--max-age <time>", "ingest anew what is older, such as 30m, 24h or 7d")
    .option("--cell-timeout <time>", "end a cell that takes longer, such as 90s or 30m")
    .option("--jobs <number>", "notebooks at work at the same time", "1")
    .option("--accept", "publish the segments though the model fails the gate", false)
    .option("--log <format>", "auto, plain or json", "auto");
}

/**
 * What a command with the options of {@linkcode addRunOptions} was given.
 *
 * @throws {FeiraError} `usage` for what cannot be meant.
 */
export function toRunOptions(command: Command, effects: Pick<Effects, "env">): RunOptions {
  const given = command.opts<Record<string, unknown>>();
  const text = (name: string) => given[name] as string | undefined;
  if (given.raw !== undefined && given.synthetic !== undefined) {
    throw new FeiraError("usage", "Cannot run: --raw and --synthetic given, must be one of them");
  }
  if (given.only !== undefined && given.from !== undefined) {
    throw new FeiraError("usage", "Cannot run: --only and --from given, must be one of them");
  }
  const parameters = parseParameters(given.param as string[]);
  const paramGrid = (given.paramGrid ?? []) as string[];
  const raw = text("raw");
  if (raw === "") throw new FeiraError("usage", 'Cannot run: --raw is "", must be a folder');
  if (raw !== undefined) parameters.raw = fromCallersFolder(raw, effects);
  if (given.synthetic !== undefined) parameters.synthetic = toOrders(given.synthetic);
  if (given.accept) parameters.accept = "true";
  return {
    job: toJob(text("job")!),
    force: Boolean(given.force),
    parameters,
    jobs: toCount(text("jobs")!),
    log: toLogFormat(text("log")!),
    ...(paramGrid.length > 0 && { paramGrid }),
    ...(text("maxAge") !== undefined && {
      maxAgeSeconds: toSeconds(text("maxAge")!, "--max-age"),
    }),
    ...(text("cellTimeout") !== undefined && {
      cellTimeoutSeconds: toSeconds(text("cellTimeout")!, "--cell-timeout"),
    }),
    ...(text("only") !== undefined && { only: text("only")! }),
    ...(text("from") !== undefined && { from: text("from")! }),
    ...(text("warehouse") !== undefined && { warehouse: text("warehouse")! }),
    ...(text("maxBytesBilled") !== undefined && {
      maxBytesBilled: toBytes(text("maxBytesBilled")!),
    }),
  };
}

const collect = (value: string, before: string[]): string[] => [...before, value];

/** `deno task` runs in the folder of deno.json; a path means the caller's folder. */
export function fromCallersFolder(path: string, effects: Pick<Effects, "env">): string {
  return isAbsolute(path) ? path : join(effects.env("INIT_CWD") ?? Deno.cwd(), path);
}

function parseParameters(pairs: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const pair of pairs) {
    const [, key, value] = pair.match(/^([A-Za-z_$][\w$]*)=(.*)$/s) ?? [];
    if (key === undefined) {
      throw new FeiraError("usage", `Cannot run: --param is "${pair}", must be key=value`);
    }
    parameters[key] = value!;
  }
  return parameters;
}

function toOrders(given: unknown): string {
  if (given === true) return String(DEFAULT_SYNTHETIC_ORDERS);
  const orders = Number(given);
  if (!Number.isSafeInteger(orders) || orders < 1) {
    throw new FeiraError(
      "usage",
      `Cannot run: --synthetic is "${given}", must be a number of orders from 1`,
    );
  }
  return String(orders);
}

function toCount(text: string): number {
  const jobs = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(jobs) && jobs >= 1) return jobs;
  throw new FeiraError("usage", `Cannot run: --jobs is "${text}", must be a whole number from 1`);
}

function toBytes(text: string): number {
  const bytes = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(bytes) && bytes >= 1) return bytes;
  throw new FeiraError(
    "usage",
    `Cannot run: --max-bytes-billed is "${text}", must be a number of bytes from 1`,
  );
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

function toSeconds(text: string, option: string): number {
  const [, digits, unit] = text.match(/^(\d{1,6})([smhd])$/) ?? [];
  const isNothing = option === "--cell-timeout" && Number(digits) === 0;
  if (digits !== undefined && !isNothing) return Number(digits) * SECONDS[unit!]!;
  throw new FeiraError(
    "usage",
    `Cannot run: ${option} is "${text}", must be a number and s, m, h or d, such as 24h`,
  );
}

function toLogFormat(name: string): LogFormat {
  if (name === "auto" || name === "plain" || name === "json") return name;
  throw new FeiraError("usage", `Cannot run: --log is "${name}", must be auto, plain or json`);
}
