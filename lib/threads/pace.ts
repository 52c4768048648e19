import { Breath } from "./_breath.ts";
import type { LongRun } from "./types.ts";

/**
 * Lets a long computation on this thread report, stop and leave the event loop
 * its turns, about 25 times a second.
 *
 * @example
 * ```ts
 * import { Pace } from "feira/threads";
 * import assert from "node:assert/strict";
 *
 * const reports: number[] = [];
 * const pace = new Pace(1000, { onProgress: ({ done }) => reports.push(done) });
 * let sum = 0;
 * for (let i = 0; i < 1000; i++) {
 *   if (pace.isDue) await pace.breathe(i);
 *   sum += i;
 * }
 * pace.finish();
 * assert.equal(sum, 499_500);
 * assert.equal(reports.at(-1), 1000);
 * ```
 */
export class Pace {
  readonly #total: number;
  readonly #run: LongRun;
  readonly #breath = new Breath();

  /**
   * @param total steps of the whole computation
   * @throws the signal's reason when it is aborted already
   */
  constructor(total: number, run: LongRun) {
    this.#total = total;
    this.#run = run;
    run.signal?.throwIfAborted();
  }

  /** Whether it is time to `breathe`; cheap enough to ask every few microseconds. */
  get isDue(): boolean {
    return this.#breath.isDue;
  }

  /**
   * Reports, and gives the event loop a turn.
   *
   * @throws the signal's reason when it was aborted
   */
  async breathe(done: number): Promise<void> {
    this.#run.onProgress?.({ done, total: this.#total });
    await this.#breath.take();
    this.#run.signal?.throwIfAborted();
  }

  /** Reports that all is done. */
  finish(): void {
    this.#run.onProgress?.({ done: this.#total, total: this.#total });
  }
}
