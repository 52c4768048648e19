import type { CustomerMatrix } from "feira/features";
import type { Progress } from "feira/som";
import { fitSegmentation, type Segmentation } from "../fit/fit_segmentation.ts";
import { GATE, type Limit, type Metrics } from "../gate/gate.ts";
import { judge, type Verdict } from "../gate/judge.ts";
import { fitOrLoad } from "../fit/fit_or_load.ts";
import type { SegmentationSettings } from "../fit/settings.ts";

/** One row of the leaderboard. */
export interface LeaderboardRow {
  readonly name: string;
  readonly description: string;
  readonly settings: SegmentationSettings;
  readonly modelId: string;
  readonly k: number;
  readonly metrics: Metrics;
  /** Customers per segment, by segment id. */
  readonly sizes: readonly number[];
  readonly verdict: Verdict;
  /** Where the elbow over these neurons bends; absent where it does not. */
  readonly knee?: number;
  /** Of fitting and measuring, when it was done. */
  readonly seconds: number;
  /** Whether a fit saved earlier was taken. */
  readonly reused: boolean;
  readonly isWinner: boolean;
}

export interface CompareOptions {
  /** @default GATE */
  gate?: readonly Limit[];
  /** Where fits are kept and found again; without it none is kept. */
  dir?: string;
  published?: ReadonlyMap<string, number> | undefined;
  /** Told of each setting's training. */
  onProgress?: (progress: Progress & { readonly name: string }) => void;
  signal?: AbortSignal;
}

/**
 * Fits each of the settings and ranks them: those that pass the gate first, then
 * by score (see {@linkcode Verdict}); equals keep the order given. The first row
 * is the winner, what the preset `tuned` means; when no row passes, it is only
 * the one that comes nearest, and its verdict says so.
 *
 * @throws {RangeError} when there are no settings
 */
export async function compareSettings(
  matrix: CustomerMatrix,
  settings: readonly SegmentationSettings[],
  { gate = GATE, dir, published, onProgress, signal }: CompareOptions = {},
): Promise<LeaderboardRow[]> {
  if (settings.length === 0) {
    throw new RangeError("Cannot compare settings: found none, must be at least 1");
  }
  const rows: Omit<LeaderboardRow, "isWinner">[] = [];
  for (const each of settings) {
    const run = {
      published,
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined
        ? {}
        : { onProgress: (progress: Progress) => onProgress({ ...progress, name: each.name }) }),
    };
    const { segmentation, reused } = dir === undefined
      ? { segmentation: await fitSegmentation(matrix, each, run), reused: false }
      : await fitOrLoad(matrix, each, { ...run, dir });
    rows.push({ ...toRow(segmentation, gate), reused });
  }
  return rows
    .sort((a, b) =>
      Number(b.verdict.passed) - Number(a.verdict.passed) || b.verdict.score - a.verdict.score
    )
    .map((row, rank) => ({ ...row, isWinner: rank === 0 }));
}

function toRow(
  { settings, modelId, k, metrics, sizes, knee, seconds }: Segmentation,
  gate: readonly Limit[],
): Omit<LeaderboardRow, "isWinner" | "reused"> {
  return {
    name: settings.name,
    description: settings.description,
    settings,
    modelId,
    k,
    metrics,
    sizes,
    verdict: judge(metrics, gate),
    ...(knee === undefined ? {} : { knee: knee.x }),
    seconds: seconds.total,
  };
}
