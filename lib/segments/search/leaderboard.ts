import type { CustomerMatrix } from "feira/features";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import type { SegmentationSettings } from "../fit/settings.ts";
import { GATE, type Limit, type Metrics } from "../gate/gate.ts";
import { judge, type Verdict } from "../gate/judge.ts";
import { segmentStability } from "../levels/segment_stability.ts";

/**
 * How well a row's segments come back, by adjusted Rand index: 1 when they are the
 * same. Measured as `segmentStability` does, on fewer draws than the gate takes.
 */
export interface RowStability {
  /** Mean over bootstraps of the customers, a map trained anew on each. */
  readonly bootstrap: number;
  /** The least of these. */
  readonly leastBootstrap: number;
}

/** One row of the leaderboard: settings trained in full. */
export interface LeaderboardRow {
  readonly name: string;
  readonly description: string;
  readonly settings: SegmentationSettings;
  readonly modelId: string;
  readonly k: number;
  readonly metrics: Metrics;
  readonly stability: RowStability;
  /** Customers per segment, by segment id. */
  readonly sizes: readonly number[];
  /**
   * Absent where the gate does not apply: its limits are of the guide's features,
   * and distances in other features are other numbers.
   */
  readonly verdict?: Verdict;
  /** Where the elbow over these neurons bends; absent where it does not. */
  readonly knee?: number;
  /** Of fitting and measuring, when it was done. */
  readonly seconds: number;
  /** Whether a fit saved earlier was taken. */
  readonly reused: boolean;
  readonly isWinner: boolean;
}

/** A row before it is ranked. */
export type UnrankedRow = Omit<LeaderboardRow, "isWinner">;

/** What {@linkcode toRow} takes besides the fit. */
export interface RowSpec {
  /** That the segmentation was fitted on. */
  matrix: CustomerMatrix;
  reused: boolean;
  /** @default GATE */
  gate?: readonly Limit[];
  signal?: AbortSignal;
}

/**
 * Enough to see a setting whose segments fall apart; every draw trains a map, and
 * another seed would train an online one from its start.
 */
const STABILITY = { resamples: 5, seeds: 0 } as const;

/** Measures the stability of a fit and judges it where the gate applies. */
export async function toRow(
  segmentation: Segmentation,
  { matrix, reused, gate = GATE, signal }: RowSpec,
): Promise<UnrankedRow> {
  const { settings, modelId, k, metrics, sizes, knee, seconds } = segmentation;
  const { bootstrapRand } = await segmentStability(matrix, segmentation, {
    ...STABILITY,
    ...(signal === undefined ? {} : { signal }),
  });
  const isJudged = settings.features === "guide";
  return {
    name: settings.name,
    description: settings.description,
    settings,
    modelId,
    k,
    metrics,
    stability: {
      bootstrap: bootstrapRand.mean,
      leastBootstrap: bootstrapRand.least,
    },
    sizes,
    ...(isJudged && { verdict: judge({ ...metrics, stability: bootstrapRand.mean }, gate) }),
    ...(knee === undefined ? {} : { knee: knee.x }),
    seconds: seconds.total,
    reused,
  };
}

/**
 * Ranks rows: those that pass the gate first, then by score (see
 * {@linkcode Verdict}); equals keep the order given. The first is the winner, what
 * the preset `tuned` means; when none passes, it is only the one that comes
 * nearest, and its verdict says so. Rows that are not judged come last, unranked.
 */
export function rankRows(rows: readonly UnrankedRow[]): LeaderboardRow[] {
  const judged = rows.flatMap((row) => row.verdict === undefined ? [] : [{ row, ...row.verdict }]);
  const ranked = judged
    .sort((a, b) => Number(b.passed) - Number(a.passed) || b.score - a.score)
    .map(({ row }) => row);
  const beside = rows.filter(({ verdict }) => verdict === undefined);
  return [...ranked, ...beside].map((row, rank) => ({
    ...row,
    isWinner: rank === 0 && ranked.length > 0,
  }));
}
