import { type Effects, FeiraError, holdLock } from "feira/workspace";

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
      // holdLock has one error of its own: somebody holds it. The rest is the folder's.
      if (!(error instanceof FeiraError)) throw cannotWrite(path, error);
    }
    if (tries === 0) effects.log(`Waiting for another process that is making ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function cannotWrite(path: string, cause: unknown): FeiraError {
  const found = cause instanceof Error ? cause.message : String(cause);
  return new FeiraError(
    "environment",
    `Cannot write ${path}: ${found}, must be in a folder that this user may write to`,
    { cause },
  );
}
