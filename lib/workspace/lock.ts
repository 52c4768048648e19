import { dirname } from "./_path.ts";
import { toWriteError } from "./_write_error.ts";
import { FeiraError } from "./feira_error.ts";

/** Another process holds the lock. */
export class LockHeldError extends FeiraError {
  override name = "LockHeldError";
  /** What the lock file says of it. */
  readonly holder: string;

  constructor(path: string, holder: string) {
    super(
      "environment",
      `Cannot start: ${holder}, is at work in this workspace (${path}), must end first`,
    );
    this.holder = holder;
  }
}

/**
 * Holds a lock file until disposed, so that two runs never work on one project
 * at the same time. The operating system gives the lock back when the process
 * ends, however it ends.
 *
 * @param path of the lock file; its content says which process holds it, on which
 * host and since when.
 * @throws {LockHeldError} when another process holds it; the message says which.
 * @throws {FeiraError} `environment` when the file cannot be written.
 *
 * @example
 * ```ts
 * import { FeiraError, holdLock } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const path = await Deno.makeTempFile();
 * {
 *   using _lock = await holdLock(path);
 *   await assert.rejects(() => holdLock(path), FeiraError);
 * }
 * (await holdLock(path))[Symbol.dispose]();
 * ```
 */
export async function holdLock(path: string): Promise<Disposable> {
  const file = await openLockFile(path);
  if (!(await file.tryLock(true))) {
    const holder = (await new Response(file.readable).text()).trim() || "another process";
    throw new LockHeldError(path, holder);
  }
  await file.truncate();
  const since = Temporal.Now.instant().toString({ smallestUnit: "second" });
  const holder = `process ${Deno.pid} on ${Deno.hostname()}, since ${since}`;
  await file.write(new TextEncoder().encode(holder));
  return {
    [Symbol.dispose]() {
      file.close();
    },
  };
}

async function openLockFile(path: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    return await Deno.open(path, { read: true, write: true, create: true });
  } catch (cause) {
    throw toWriteError(path, cause);
  }
}
