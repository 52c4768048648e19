import { defaultThreads } from "./default_threads.ts";

const MOST = 64;

/**
 * A checked number of threads.
 *
 * @param threads 1 to 64; {@linkcode defaultThreads} when absent
 * @param action what is to be done, for the message: `train map`
 * @throws {RangeError} when it is not a whole number from 1 to 64
 *
 * @example
 * ```ts
 * import { toThreadCount } from "feira/threads";
 * import assert from "node:assert/strict";
 *
 * assert.equal(toThreadCount(3, "train map"), 3);
 * assert.throws(() => toThreadCount(0, "train map"), /threads is 0, must be a whole number/);
 * ```
 */
export function toThreadCount(threads: number | undefined, action: string): number {
  if (threads === undefined) return defaultThreads();
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST) {
    throw new RangeError(
      `Cannot ${action}: threads is ${threads}, must be a whole number from 1 to ${MOST}`,
    );
  }
  return threads;
}
