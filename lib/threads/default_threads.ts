/** More threads than this wait for memory more than they compute. */
const MOST = 8;

/**
 * Threads to use where none are asked for: one a core, at most 8.
 *
 * @example
 * ```ts
 * import { defaultThreads } from "feira/threads";
 * import assert from "node:assert/strict";
 *
 * assert.ok(defaultThreads() >= 1 && defaultThreads() <= 8);
 * ```
 */
export function defaultThreads(): number {
  return Math.max(1, Math.min(MOST, navigator.hardwareConcurrency));
}
