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
 * where none is, the most stable one. Equals: the larger k. A k with a
 * sub-segment of fewer customers than `leastCustomers` is never chosen.
 *
 * Silhouette has no say: the customers of one large segment are regions of a
 * continuum, not islands, so it is low for every k and falls with most of them.
 *
 * @returns undefined when no k leaves enough customers in each
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
 * assert.equal(chooseTrial(trials, { leastCustomers: 30 })?.k, 3);
 * ```
 */
export function chooseTrial(
  trials: readonly SubdivisionTrial[],
  { leastCustomers }: { leastCustomers: number },
): SubdivisionTrial | undefined {
  const possible = trials.filter(({ smallest }) => smallest >= leastCustomers);
  const stable = possible.filter(({ leastRand }) => leastRand >= STABLE_RAND);
  if (stable.length > 0) return stable.reduce((a, b) => b.k > a.k ? b : a);
  return possible.reduce<SubdivisionTrial | undefined>(
    (best, each) =>
      best === undefined || each.leastRand > best.leastRand ||
        each.leastRand === best.leastRand && each.k > best.k
        ? each
        : best,
    undefined,
  );
}
