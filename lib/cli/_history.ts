import { join } from "node:path";
import {
  type Effects,
  FeiraError,
  systemEffects,
  type Workspace,
  writeJsonBeside,
} from "feira/workspace";
import type { Asked } from "./_asked.ts";
import type { Kept } from "./_kept.ts";
import type { RunRecord } from "./_run_record.ts";
import type { Versions } from "./_versions.ts";

/** How a run ended. `failed`: a cell, a data test, the gate, or the machine. */
export type RunEnd = "done" | "failed" | "interrupted";

/** One run of a project: its record, what was asked, with what, and how it ended. */
export interface HistoryEntry extends RunRecord {
  readonly end: RunEnd;
  /** What it ended with, exactly when it is not `done`. */
  readonly error?: string;
  readonly asked: Asked;
  readonly versions: Versions;
  /** Sixteen digits each; equal where all nine files, or what decides the model, are. */
  readonly fingerprints: { readonly data?: string; readonly model?: string };
  /** Ids of the saved fits that the last comparison and segmentation rest on. */
  readonly fits: readonly string[];
  /** What it left, to be compared with later; absent in records of older runs. */
  readonly kept?: Kept;
}

/** How many runs are remembered, and for how long; the last one always is. */
export interface Retention {
  readonly runs: number;
  readonly days: number;
  /** For how many runs a saved fit is kept that nothing rests on any more. */
  readonly fitRuns: number;
}

const DEFAULTS: Retention = { runs: 100, days: 90, fitRuns: 20 };

/**
 * How long runs are remembered: `FEIRA_KEEP_RUNS` (default 100) and
 * `FEIRA_KEEP_DAYS` (default 90); for how many runs the fits that they rested on:
 * `FEIRA_KEEP_FITS` (default 20).
 *
 * @throws {FeiraError} `usage` for what is no whole number from 1.
 */
export function toRetention({ env }: Pick<Effects, "env"> = systemEffects): Retention {
  const read = (name: string, otherwise: number) => {
    const text = env(name);
    if (text === undefined) return otherwise;
    if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
    throw new FeiraError(
      "usage",
      `Cannot keep the history: ${name} is "${text}", must be a whole number from 1`,
    );
  };
  return {
    runs: read("FEIRA_KEEP_RUNS", DEFAULTS.runs),
    days: read("FEIRA_KEEP_DAYS", DEFAULTS.days),
    fitRuns: read("FEIRA_KEEP_FITS", DEFAULTS.fitRuns),
  };
}

/** Adds a run to a project's history, and forgets those that are more or older than is kept. */
export async function remember(
  workspace: Workspace,
  entry: HistoryEntry,
  { keep, now }: {
    readonly keep: Pick<Retention, "runs" | "days">;
    readonly now: Temporal.Instant;
  },
): Promise<void> {
  const dir = historyDirOf(workspace);
  // The moment of the end: no two runs of a workspace have the same.
  await writeJsonBeside(join(dir, `${toFileName(now)}.json`), entry);
  const names = await listEntries(dir);
  const oldest = toFileName(now.subtract({ hours: 24 * keep.days }));
  const isOver = (name: string, i: number) => i >= keep.runs || name.slice(0, -5) < oldest;
  for (const name of names.filter(isOver)) await Deno.remove(join(dir, name));
}

/**
 * A project's last runs, the newest first.
 *
 * @param count how many at most; default all that are kept.
 * @throws {FeiraError} `environment` for a file that is broken.
 */
export async function readHistory(
  workspace: Workspace,
  count = Infinity,
): Promise<HistoryEntry[]> {
  const dir = historyDirOf(workspace);
  const names = (await listEntries(dir)).slice(0, count);
  return Promise.all(names.map((name) => readEntry(join(dir, name))));
}

function historyDirOf({ runsDir }: Workspace): string {
  return join(runsDir, "history");
}

/** "20261122T234817123Z": sorts as time does. */
function toFileName(moment: Temporal.Instant): string {
  return moment.toString({ smallestUnit: "millisecond" }).replace(/[-:.]/g, "");
}

/** Names of the entries' files, the newest first. */
async function listEntries(dir: string): Promise<string[]> {
  try {
    const names = await Array.fromAsync(Deno.readDir(dir), ({ name }) => name);
    return names.filter((name) => /^\d{8}T\d{9}Z\.json$/.test(name)).sort().reverse();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function readEntry(path: string): Promise<HistoryEntry> {
  try {
    return JSON.parse(await Deno.readTextFile(path)) as HistoryEntry;
  } catch (cause) {
    throw new FeiraError(
      "environment",
      `Cannot read the history: ${
        (cause as Error).message
      } at ${path}, must be as a run wrote it, or deleted`,
      { cause },
    );
  }
}
