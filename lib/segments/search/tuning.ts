import { join } from "node:path";
import { FeiraError, writeJsonBeside } from "feira/workspace";
import { GUIDE, type SegmentationSettings } from "../fit/settings.ts";
import type { Trial, Untried } from "./climb_rungs.ts";
import type { LeaderboardRow } from "./leaderboard.ts";
import type { Search } from "./search_settings.ts";

/** What a search found; the content of tuning.json. */
export interface Tuning {
  /** What the preset `tuned` means. */
  readonly winner: SegmentationSettings;
  /** The guide's settings as they were compared. */
  readonly guide: SegmentationSettings;
  /** Best first. */
  readonly leaderboard: readonly Omit<LeaderboardRow, "seconds" | "reused">[];
  /** What the rungs found, of the settings that were dropped too. */
  readonly trials: readonly Trial[];
  /** What the budget left no time for. */
  readonly untried: readonly Untried[];
}

/** Settings that have a name of their own: the guide's, and the winner of the search. */
export type Preset = "guide" | "tuned";

/**
 * Writes tuning.json into a models folder. Times are left out, so that the same
 * search gives the same bytes and nothing after it becomes stale.
 *
 * @throws {RangeError} when no row of the leaderboard is the winner
 */
export async function saveTuning(
  modelsDir: string,
  { leaderboard, trials, untried }: Search,
): Promise<void> {
  const winner = leaderboard.find(({ isWinner }) => isWinner);
  if (winner === undefined) {
    throw new RangeError(
      `Cannot save tuning: found no winner among ${leaderboard.length} rows, must have one`,
    );
  }
  const guide = leaderboard.find(({ name }) => name === GUIDE.name);
  const tuning: Tuning = {
    winner: winner.settings,
    guide: guide?.settings ?? GUIDE,
    leaderboard: leaderboard.map(({ seconds: _seconds, reused: _reused, ...row }) => row),
    trials,
    untried,
  };
  await writeJsonBeside(join(modelsDir, "tuning.json"), tuning);
}

/**
 * Reads what {@linkcode saveTuning} wrote.
 *
 * @throws {FeiraError} `data` when there is none or it is broken.
 */
export async function readTuning(modelsDir: string): Promise<Tuning> {
  const path = join(modelsDir, "tuning.json");
  try {
    return JSON.parse(await Deno.readTextFile(path)) as Tuning;
  } catch (cause) {
    throw new FeiraError(
      "data",
      `Cannot read ${path}: ${(cause as Error).message}, must be what 07_tune writes`,
      { cause },
    );
  }
}

/**
 * The settings that a preset means.
 *
 * @throws {FeiraError} `usage` for a name that is no preset.
 *
 * @example
 * ```ts
 * import { GUIDE, settingsOf } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const winner = { ...GUIDE, name: "batch" };
 * const tuning = { winner, guide: GUIDE, leaderboard: [], trials: [], untried: [] };
 * assert.equal(settingsOf("tuned", tuning).name, "batch");
 * ```
 */
export function settingsOf(preset: string, tuning: Tuning): SegmentationSettings {
  if (preset === "tuned") return tuning.winner;
  if (preset === "guide") return tuning.guide;
  throw new FeiraError(
    "usage",
    `Cannot choose settings: preset is "${preset}", must be guide or tuned`,
  );
}
