import { FeiraError } from "feira/workspace";

/** How long and how often is waited; everything is optional. */
export interface PatienceSpec {
  /** Of one operation with all its retries, in milliseconds. Default 30 minutes. */
  readonly totalMs?: number;
  /** Of one request until its answer is read, in milliseconds. Default 1 minute. */
  readonly attemptMs?: number;
  /** Requests for one answer. Default 8. */
  readonly attempts?: number;
  /** Before the second request; doubled before each further one. Default 250. */
  readonly pauseMs?: number;
  /** No pause is longer. Default 16 seconds. */
  readonly longestPauseMs?: number;
}

/**
 * One operation's deadline and signal, shared by all of its requests. Disposed
 * when the operation is over, which stops its clock.
 */
export class Patience implements Disposable {
  readonly attempts: number;
  readonly attemptMs: number;
  /** Aborted by the caller, or by the deadline with an error that says so. */
  readonly signal: AbortSignal;
  readonly #pauseMs: number;
  readonly #longestPauseMs: number;
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(action: string, spec: PatienceSpec = {}, signal?: AbortSignal) {
    const { totalMs = 1_800_000, attemptMs = 60_000, attempts = 8 } = spec;
    const { pauseMs = 250, longestPauseMs = 16_000 } = spec;
    this.attempts = attempts;
    this.attemptMs = attemptMs;
    this.#pauseMs = pauseMs;
    this.#longestPauseMs = longestPauseMs;
    const late = new AbortController();
    this.#timer = setTimeout(() => {
      late.abort(
        new FeiraError(
          "environment",
          `Cannot ${action}: found no end of it within ${totalMs / 1000} s, must be reachable`,
        ),
      );
    }, totalMs);
    this.signal = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
  }

  /**
   * Waits before the attempt after the given one: exponential, and by chance
   * between a half and the whole of it, so that many who failed together do
   * not come back together.
   *
   * @param atLeastMs what the service has asked for (Retry-After).
   * @throws the signal's reason when it is aborted meanwhile.
   */
  pause(attempt: number, atLeastMs = 0): Promise<void> {
    const whole = Math.min(this.#pauseMs * 2 ** (attempt - 1), this.#longestPauseMs);
    return waitFor(Math.max(atLeastMs, whole * (0.5 + chance() / 2)), this.signal);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

/** @throws the signal's reason when it is aborted meanwhile. */
export function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

/** From 0 to 1. Of the system's own source: clients of one seed would come back together. */
function chance(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}
