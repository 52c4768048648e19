import {
  FeiraError,
  holdLock,
  LockHeldError,
  maybeFileStamp,
  type Workspace,
} from "feira/workspace";
import { openDuckDb } from "./open.ts";
import { basename, dirname, join } from "../_path.ts";
import type { WorkingCopy } from "../working_copy.ts";

/** A copy of the DuckDB file to work on, as `beginWork` promises it. */
export async function beginDuckDbWork(workspace: Workspace): Promise<WorkingCopy> {
  const original = workspace.duckdbPath;
  await removeLeftOvers(original);
  const folder = `${workPrefix(original)}${crypto.randomUUID().slice(0, 8)}`;
  const path = join(folder, basename(original));
  const lock = await holdLock(lockOf(folder));
  let state: string | undefined;
  try {
    if (await maybeFileStamp(original) !== undefined) {
      if (await maybeFileStamp(`${original}.wal`) !== undefined) await mergeLog(original);
      state = await maybeFileStamp(original);
      await copyUnwritten(original, path);
    }
  } catch (error) {
    await end(folder, lock);
    throw error;
  }

  let isOver = false;
  async function discard(): Promise<void> {
    if (isOver) return;
    isOver = true;
    await end(folder, lock);
  }
  async function commit(): Promise<void> {
    if (isOver) throw new TypeError("Cannot commit work: it is over, must be committed once");
    if (await maybeFileStamp(path) !== undefined) await mergeLog(path);
    if (
      await maybeFileStamp(original) !== state ||
      await maybeFileStamp(`${original}.wal`) !== undefined
    ) {
      throw new FeiraError(
        "failed",
        `Cannot commit work: ${original} was changed since the work began, must stay as it was`,
      );
    }
    if (await maybeFileStamp(path) !== undefined) await Deno.rename(path, original);
    await discard();
  }
  return {
    workspace: { ...workspace, duckdbPath: path },
    env: { FEIRA_DUCKDB: path },
    commit,
    discard,
    [Symbol.asyncDispose]: discard,
  };
}

/**
 * Brings a file's write-ahead log into it and the file to the disk.
 *
 * Opening it for writing also shows that no other process has it open.
 */
async function mergeLog(path: string): Promise<void> {
  const { instance, connection } = await openDuckDb(path, false);
  try {
    await connection.run("checkpoint");
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  if (await maybeFileStamp(`${path}.wal`) !== undefined) {
    throw new FeiraError(
      "environment",
      `Cannot use ${path}: its log ${path}.wal could not be merged, must be closed by every process`,
    );
  }
  using file = await Deno.open(path, { read: true, write: true });
  await file.sync();
}

/** Copies a file while it is held for reading, so that nobody writes to it meanwhile. */
async function copyUnwritten(from: string, to: string): Promise<void> {
  const { instance, connection } = await openDuckDb(from, true);
  try {
    await Deno.copyFile(from, to);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Removes the copies whose lock nobody holds: their process has ended. */
async function removeLeftOvers(original: string): Promise<void> {
  const prefix = basename(workPrefix(original));
  for (const name of await namesIn(dirname(original))) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(dirname(original), name);
    const lock = await holdLock(lockOf(folder)).catch((error) => {
      if (error instanceof LockHeldError) return undefined;
      throw error;
    });
    if (lock) await end(folder, lock);
  }
}

/** Removes a working folder with all that is in it, and gives its lock back. */
async function end(folder: string, lock: Disposable): Promise<void> {
  await removeIfThere(folder);
  lock[Symbol.dispose]();
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function workPrefix(original: string): string {
  return join(dirname(original), `.${basename(original)}.work-`);
}

function lockOf(folder: string): string {
  return join(folder, "lock");
}
