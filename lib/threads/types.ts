/** How far a long computation has come. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** What every long computation takes. */
export interface LongRun {
  /** Called some times a second, and once at the end. */
  onProgress?: (progress: Progress) => void;
  /** Stops the computation; it then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** What a long computation on several threads takes. */
export interface ThreadedRun extends LongRun {
  /**
   * Threads that share the work, 1 to 64. Changes the time, never the result.
   *
   * @default one a core, at most 8; one where the work is over before another has started
   */
  threads?: number;
}
