import { type Effects, holdLock, LockHeldError } from "feira/workspace";

const PAUSE_MS = 200;

/** Holds the lock as soon as whoever holds it gives it back; says once that it waits. */
export async function waitForLock(
  path: string,
  { what, effects, signal }: { what: string; effects: Effects; signal: AbortSignal | undefined },
): Promise<Disposable> {
  for (let tries = 0;; tries++) {
    signal?.throwIfAborted();
    try {
      return await holdLock(path);
    } catch (error) {
      if (!(error instanceof LockHeldError)) throw error;
    }
    if (tries === 0) effects.log(`Waiting for another process that is making ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
