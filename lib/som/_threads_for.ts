import { toThreadCount } from "feira/threads";

/** Products of rows, neurons and features that one thread is done with before another has started. */
const SMALL_JOB = 1e9;

/**
 * The number of threads asked for; where none is, one for a small job, else the
 * default.
 *
 * @param terms rows × neurons × features of the whole job
 * @throws {RangeError} when it is out of range
 */
export function threadsFor(terms: number, threads: number | undefined, action: string): number {
  const count = toThreadCount(threads, action);
  return threads === undefined && terms < SMALL_JOB ? 1 : count;
}
