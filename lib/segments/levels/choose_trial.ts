import type { SubdivisionTrial } from "./subdivision.ts";

/**
 * A division counts as stable from this least adjusted Rand index on. Between
 * two halves of the same customers nearly nobody may change sides: at 0.95 about
 * one customer in fifty does.
 */
export const STABLE_RAND = 0.95;

/**
 * Chooses the number of sub-segments: the largest k that is stable
 * ({@linkcode STABLE_RAND}), for more parts say more as long as they come back;
 * where none is, the most stable one. Equals: the larger k.
 *
 * Silhouette has no say: the customers of one large segment are regions of a
 * continuum, not islands, so it is low for every k, whether its parts come back
 * or not.
 *
 * @param trials by k
 * @returns undefined when there is none
 *
 * @example
 * ```ts
 * import { chooseTrial } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const trial = { meanRand: 1, inertia: 1, smallest: 100 };
 * const trials = [
 *   { ...trial, k: 2, leastRand: 0.99 },
 *   { ...trial, k: 3, leastRand: 0.96 },
 *   { ...trial, k: 4, leastRand: 0.7 },
 * ];
 * assert.equal(chooseTrial(trials)?.k, 3);
 * ```
 */
export function chooseTrial(trials: readonly SubdivisionTrial[]): SubdivisionTrial | undefined {
  const stable = trials.findLast(({ leastRand }) => leastRand >= STABLE_RAND);
  const greatest = Math.max(...trials.map(({ leastRand }) => leastRand));
  return stable ?? trials.findLast(({ leastRand }) => leastRand === greatest);
}
