/** Often enough for a progress bar and Ctrl-C, seldom enough to cost nothing. */
export const BREATH_MS = 40;

/** The turns that a busy thread leaves to its event loop. */
export class Breath {
  #last = performance.now();

  /** Whether it is time to `take` one; cheap enough to ask every few microseconds. */
  get isDue(): boolean {
    return performance.now() - this.#last > BREATH_MS;
  }

  /** Lets timers, messages and signals have their turn. */
  async take(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    this.#last = performance.now();
  }
}
