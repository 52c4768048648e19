import type { CustomerMatrix } from "feira/features";
import type { SegmentationSettings } from "../fit/settings.ts";
import type { Limit, Metrics } from "../gate/gate.ts";
import { judge } from "../gate/judge.ts";
import type { FitStage, Stage } from "./fit_stage.ts";
import { epochsOf, type Rung, toRungMatrix, toRungSettings } from "./rungs.ts";

/** Settings as a rung found them. */
export interface Trial {
  readonly name: string;
  /** Number of the rung, from 1. */
  readonly rung: number;
  /** That it was trained for. */
  readonly epochs: number;
  /** That it was trained on. */
  readonly customers: number;
  readonly modelId: string;
  readonly metrics: Metrics;
  /** What the rung ranks by; see {@linkcode Verdict}. */
  readonly score: number;
  /** Whether it went on. */
  readonly isKept: boolean;
}

/** What the budget left no time for. */
export interface Untried {
  readonly name: string;
  readonly stage: Stage;
}

/** What {@linkcode climbRungs} needs. */
interface Climb {
  readonly rungs: readonly Rung[];
  readonly gate: readonly Limit[];
  readonly fit: FitStage;
  readonly isOver: () => boolean;
}

/** Where the rungs ended. */
interface Climbed {
  /** The settings to be trained in full, best first. */
  readonly survivors: readonly SegmentationSettings[];
  /** Those that were dropped, the last ones first, of each rung the best first. */
  readonly dropped: readonly SegmentationSettings[];
  readonly trials: Trial[];
  readonly untried: Untried[];
}

/** Drops settings rung by rung. */
export async function climbRungs(
  matrix: CustomerMatrix,
  candidates: readonly SegmentationSettings[],
  { rungs, gate, fit, isOver }: Climb,
): Promise<Climbed> {
  const trials: Trial[] = [];
  const untried: Untried[] = [];
  let survivors = candidates;
  let dropped: SegmentationSettings[] = [];
  for (const [at, rung] of rungs.entries()) {
    assertKeeps(rung);
    if (survivors.length <= rung.keep) continue;
    const stage = at + 1;
    const sample = toRungMatrix(matrix, rung);
    const tried: { settings: SegmentationSettings; trial: Omit<Trial, "isKept"> }[] = [];
    for (const settings of survivors) {
      if (isOver()) {
        untried.push({ name: settings.name, stage });
        continue;
      }
      const short = toRungSettings(settings, rung, sample.rows);
      const { segmentation: { modelId, metrics } } = await fit(sample, short, stage);
      const trial = {
        name: settings.name,
        rung: stage,
        epochs: epochsOf(short, sample.rows),
        customers: sample.rows,
        modelId,
        metrics,
        score: judge(metrics, gate).score,
      };
      tried.push({ settings, trial });
    }
    // No time for any: what the last rung put first, or what is known to be good, goes on.
    if (tried.length === 0) {
      return { survivors: survivors.slice(0, rung.keep), dropped, trials, untried };
    }
    const ranked = tried.sort((a, b) => b.trial.score - a.trial.score).map((each) => each.settings);
    survivors = ranked.slice(0, rung.keep);
    dropped = [...ranked.slice(rung.keep), ...dropped];
    trials.push(...tried.map(({ trial }, rank) => ({ ...trial, isKept: rank < rung.keep })));
  }
  return { survivors, dropped, trials, untried };
}

function assertKeeps({ keep }: Rung): void {
  if (Number.isInteger(keep) && keep >= 1) return;
  throw new RangeError(
    `Cannot search settings: a rung keeps ${keep}, must be a whole number of at least 1`,
  );
}
