import type { LevelStability } from "../levels/segment_stability.ts";
import type { Subdivision } from "../levels/subdivision.ts";
import { GATE, type LevelFigures, type Limit, type Metrics } from "./gate.ts";

/** A limit with the value found. */
export interface Criterion extends Limit {
  readonly value: number;
  readonly passed: boolean;
}

export interface Verdict {
  readonly passed: boolean;
  readonly criteria: readonly Criterion[];
  /**
   * Mean over the four metrics (not the size) of how far the value is on the
   * good side of its limit, as a share of the limit; for ranking.
   */
  readonly score: number;
}

/** The metrics that a verdict's score is the mean of. */
const SCORED: ReadonlySet<string> = new Set(["silhouette", "dbi", "qe", "te"]);

/**
 * Judges figures by the gate. A value that is not a number fails. Figures of the
 * levels are judged where they are given: a fit alone, as a leaderboard compares
 * them, has none; what is to be published has (see {@linkcode judgeLevels}).
 *
 * @example
 * ```ts
 * import { judge } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const metrics = { qe: 0.2444, te: 0.2412, silhouette: 0.6967, dbi: 0.6919, smallest: 1938 };
 * assert.ok(judge(metrics).passed);
 * assert.ok(!judge({ ...metrics, te: 0.27 }).passed);
 * assert.ok(!judge({ ...metrics, stability: 0.5 }).passed);
 * ```
 */
export function judge(
  figures: Metrics & Partial<LevelFigures>,
  gate: readonly Limit[] = GATE,
): Verdict {
  const criteria = gate.flatMap((limit) => {
    const value = figures[limit.name];
    if (value === undefined) return [];
    const passed = limit.direction === "at least" ? value >= limit.limit : value <= limit.limit;
    return [{ ...limit, value, passed }];
  });
  const margins = criteria.filter(({ name }) => SCORED.has(name)).map(
    ({ value, limit, direction }) =>
      (direction === "at least" ? value - limit : limit - value) / limit,
  );
  return {
    passed: criteria.every(({ passed }) => passed),
    criteria,
    score: margins.reduce((sum, margin) => sum + margin, 0) / margins.length,
  };
}

/** What {@linkcode judgeLevels} judges. */
export interface LevelsToJudge {
  readonly segmentation: { readonly metrics: Metrics };
  /** Of the first level. */
  readonly stability: LevelStability;
  readonly subdivisions: readonly Pick<Subdivision, "sizes">[];
  /** Of each of them. */
  readonly subdivisionStabilities: readonly LevelStability[];
}

/** Judges all that is to be published: the map, its segments, the second level. */
export function judgeLevels(
  { segmentation: { metrics }, stability, subdivisions, subdivisionStabilities }: LevelsToJudge,
  gate: readonly Limit[] = GATE,
): Verdict {
  return judge({
    ...metrics,
    stability: stability.bootstrapRand.mean,
    ...(subdivisions.length > 0 && {
      subsegmentStability: Math.min(
        ...subdivisionStabilities.map(({ bootstrapRand }) => bootstrapRand.mean),
      ),
      smallestSubsegment: Math.min(...subdivisions.flatMap(({ sizes }) => sizes)),
    }),
  }, gate);
}
