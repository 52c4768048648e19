import { GUIDE } from "../fit/settings.ts";
import type { CriteriaByK, KPoint } from "./criteria_by_k.ts";
import { describeVerdict } from "./_describe_verdict.ts";
import { type KOpinion, opinionsOn } from "./_opinions_on_k.ts";

export type { KOpinion };

/** How many segments there are, who says so, and what is done about it. */
export interface VerdictOnK {
  readonly opinions: readonly KOpinion[];
  /** The guide's number of segments. */
  readonly guide: number;
  readonly chosen: number;
  /** One paragraph, made from the numbers. */
  readonly text: string;
}

/** Of the five criteria, so many must agree on another number than the guide's. */
export const MAJORITY = 3;

/**
 * Weighs the criteria: the guide's number of segments stays, unless at least
 * {@linkcode MAJORITY} of the five say one other, and that one is as stable and
 * passes the gate. Criteria disagree as a rule, for each means something else by a
 * segment; the text says who says what, and what becomes of the others.
 *
 * @param criteria of one map, with a point for the guide's number
 * @throws {RangeError} when the guide's number is not among them
 *
 * @example
 * ```ts
 * import { verdictOnK } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const points = [2, 3, 4].map((k) => ({
 *   k,
 *   inertia: 90 / k,
 *   silhouette: { mean: k === 3 ? 0.7 : 0.5, low: 0.5, high: 0.7 },
 *   dbi: k === 3 ? 0.6 : 0.9,
 *   stability: 0.9,
 *   smallest: 40,
 * }));
 * const { chosen, text } = verdictOnK({ points, gap: { points: [] } });
 * assert.equal(chosen, 3);
 * assert.match(text, /silhouette and the Davies-Bouldin index say the guide's 3/);
 * ```
 */
export function verdictOnK(criteria: CriteriaByK, guide: number = GUIDE.k): VerdictOnK {
  const { points } = criteria;
  const kept = points.find(({ k }) => k === guide);
  if (kept === undefined) {
    const found = points.map(({ k }) => k).join(", ") || "none";
    throw new RangeError(`Cannot weigh numbers of segments: found ${found}, must have ${guide}`);
  }
  const opinions = opinionsOn(criteria);
  const earned = points.find((point) =>
    point.stability >= kept.stability && isEarned(point, opinions)
  );
  const chosen = earned?.k ?? guide;
  return {
    opinions,
    guide,
    chosen,
    text: describeVerdict({ criteria, opinions, guide, chosen, majority: MAJORITY }),
  };
}

/** Not more than one number can be said by three of five. */
function isEarned({ k, verdict }: KPoint, opinions: readonly KOpinion[]): boolean {
  return verdict?.passed === true && opinions.filter(({ says }) => says === k).length >= MAJORITY;
}
