import type { LongRun } from "./types.ts";

/** Often enough for a progress bar and Ctrl-C, seldom enough to cost nothing. */
const BREATH_MS = 40;

/** Lets a long computation report, stop and leave the event loop its turns. */
export class Pace {
  readonly #total: number;
  readonly #run: LongRun;
  #last = performance.now();

  constructor(total: number, run: LongRun) {
    this.#total = total;
    this.#run = run;
    run.signal?.throwIfAborted();
  }

  /** Whether it is time to `breathe`; cheap enough to ask every few microseconds. */
  get isDue(): boolean {
    return performance.now() - this.#last > BREATH_MS;
  }

  /** Reports, gives the event loop a turn, and throws when the run was aborted. */
  async breathe(done: number): Promise<void> {
    this.#run.onProgress?.({ done, total: this.#total });
    await new Promise((resolve) => setTimeout(resolve));
    this.#run.signal?.throwIfAborted();
    this.#last = performance.now();
  }

  finish(): void {
    this.#run.onProgress?.({ done: this.#total, total: this.#total });
  }
}
