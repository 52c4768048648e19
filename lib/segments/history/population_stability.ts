/** How the population stability index is read, from credit scoring (Siddiqi, 2006). */
export type Shift = "stable" | "shifted" | "strongly shifted";

/** From here a shift is worth a look, and from there the model should be fitted anew. */
const LIMITS = { shifted: 0.1, strongly: 0.25 } as const;

/** An empty bin counts as so many rows, for the logarithm of 0 is none. */
const EMPTY = 0.5;

/**
 * The population stability index of two counts over the same bins:
 * Σ (a − e) · ln(a / e) over the bins' shares, expected and actual. 0 where
 * they are the same; symmetric; the Jeffreys divergence of the two.
 *
 * An empty bin counts as half a row.
 *
 * @param expected `[bins]`: rows in each bin then
 * @param actual `[bins]`: rows in each bin now
 * @throws {RangeError} when bins differ in number, a count is negative, or one
 * side has no rows
 *
 * @example
 * ```ts
 * import { populationStability } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * assert.equal(populationStability([50, 50], [5, 5]), 0);
 * const psi = populationStability([50, 50], [60, 40]);
 * assert.ok(Math.abs(psi - (0.1 * Math.log(1.2) - 0.1 * Math.log(0.8))) < 1e-15);
 * ```
 */
export function populationStability(
  expected: readonly number[],
  actual: readonly number[],
): number {
  if (expected.length !== actual.length) {
    throw new RangeError(
      `Cannot compare counts: found ${expected.length} bins and ${actual.length}, must be as many`,
    );
  }
  const [before, now] = [toShares(expected), toShares(actual)];
  return before.reduce((sum, e, bin) => sum + (now[bin]! - e) * Math.log(now[bin]! / e), 0);
}

/**
 * The usual reading of the index: below 0.1 `stable`, below 0.25 `shifted`,
 * else `strongly shifted`.
 */
export function readStability(psi: number): Shift {
  if (psi < LIMITS.shifted) return "stable";
  return psi < LIMITS.strongly ? "shifted" : "strongly shifted";
}

function toShares(counts: readonly number[]): number[] {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  if (!(rows > 0) || counts.some((count) => !(count >= 0))) {
    throw new RangeError(
      `Cannot compare counts: found ${counts.join(", ")}, must be at least 0 and not all 0`,
    );
  }
  return counts.map((count) => Math.max(count, EMPTY) / rows);
}
