/** A share of a count with its interval, all three 0..1. */
export interface ShareInterval {
  /** The count that it is a share of. */
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The share of `hits` in `trials` with Wilson's score interval, which stays
 * within 0..1 and is of use for few trials and for shares near 0 or 1, where
 * the usual ± interval is not. No trials say nothing: NaN, 0 to 1.
 *
 * Source: E. B. Wilson (1927), Probable inference, the law of succession, and
 * statistical inference, JASA 22(158), without correction for continuity.
 *
 * @param z standard errors to either side; 1.96 for 95%
 * @throws {RangeError} when the counts are not whole numbers with 0 ≤ hits ≤ trials, or z is
 * not above 0
 *
 * @example
 * ```ts
 * import { wilsonInterval } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const { share, low, high } = wilsonInterval(8, 10);
 * assert.equal(share, 0.8);
 * assert.deepEqual([low.toFixed(4), high.toFixed(4)], ["0.4902", "0.9433"]);
 * ```
 */
export function wilsonInterval(
  hits: number,
  trials: number,
  { z = 1.959963984540054 }: { readonly z?: number } = {},
): ShareInterval {
  const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
  if (!isCount(hits) || !isCount(trials) || hits > trials) {
    throw new RangeError(
      `Cannot take a share: found ${hits} of ${trials}, must be whole numbers with 0 ≤ hits ≤ trials`,
    );
  }
  if (!(z > 0)) throw new RangeError(`Cannot take a share: z is ${z}, must be above 0`);
  if (trials === 0) return { of: 0, share: NaN, low: 0, high: 1 };
  const share = hits / trials;
  const square = z * z;
  const middle = (hits + square / 2) / (trials + square);
  const reach = z / (trials + square) *
    Math.sqrt(hits * (trials - hits) / trials + square / 4);
  // Rounding would leave a trace of the other side at the ends.
  const low = hits === 0 ? 0 : Math.max(0, middle - reach);
  const high = hits === trials ? 1 : Math.min(1, middle + reach);
  return { of: trials, share, low, high };
}
