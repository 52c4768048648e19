/** How far two numbers may be apart and still be the same. */
export interface Tolerance {
  /** As a share of the larger of the two, in size. */
  readonly relative: number;
  /** In the number's own unit. */
  readonly absolute: number;
}

/**
 * Threads add in any order, and machines differ in the last digit of functions
 * such as exp: sums differ in the last of 16 digits, and what a training makes
 * of them in more. What notebooks show has fewer than seven.
 */
export const DEFAULT_TOLERANCE: Tolerance = { relative: 1e-6, absolute: 1e-9 };

/**
 * Whether two numbers are the same within either tolerance; NaN and infinities
 * only as themselves.
 *
 * @example
 * ```ts
 * import { isClose } from "feira/regression";
 * import assert from "node:assert/strict";
 *
 * assert.ok(isClose(100, 100.00001, { relative: 1e-6, absolute: 0 }));
 * assert.ok(!isClose(100, 100.001, { relative: 1e-6, absolute: 0 }));
 * ```
 */
export function isClose(a: number, b: number, { relative, absolute }: Tolerance): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const difference = Math.abs(a - b);
  return difference <= absolute || difference <= relative * Math.max(Math.abs(a), Math.abs(b));
}
