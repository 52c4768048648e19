import { dirname } from "./_path.ts";
import { FeiraError } from "./feira_error.ts";

/**
 * Holds a lock file until disposed, so that two runs never work on one project
 * at the same time. The operating system gives the lock back when the process
 * ends, however it ends.
 *
 * @param path of the lock file; its content names the process that holds it.
 * @throws {FeiraError} `environment` when another process holds it; the message
 * names that process.
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
  await Deno.mkdir(dirname(path), { recursive: true });
  const file = await Deno.open(path, { read: true, write: true, create: true });
  if (!(await file.tryLock(true))) {
    const holder = (await new Response(file.readable).text()).trim() || "another process";
    throw new FeiraError(
      "environment",
      `Cannot start: ${holder} is at work on this project (${path}), must end first`,
    );
  }
  await file.truncate();
  await file.write(new TextEncoder().encode(`process ${Deno.pid}`));
  return {
    [Symbol.dispose]() {
      file.close();
    },
  };
}
