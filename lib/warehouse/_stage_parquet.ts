import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { FeiraError, holdLock } from "feira/workspace";
import { loadTable } from "./duckdb/load.ts";
import { quoteName, quoteText, run } from "./duckdb/sql.ts";
import { dirname, join } from "./_path.ts";
import type { ReplaceOptions, TableLoad } from "./warehouse.ts";

/** A load's rows, written as they are to be loaded. */
export interface StagedTable {
  readonly path: string;
  readonly rows: number;
}

/** Writes loads to Parquet; disposed, all that it has written is removed. */
export interface Stage extends AsyncDisposable {
  /** @throws as `replaceTables` does for what a load's rows must be. */
  write(dataset: string, load: TableLoad, options: ReplaceOptions): Promise<StagedTable>;
}

const PREFIX = "feira-stage-";

/** Of the engine; what does not fit goes to the disk. */
const MOST_MEMORY = "512MB";

/** Between making a folder and holding its lock: far more than that takes. */
const YOUNG_MS = 60_000;

/**
 * Makes Parquet files that hold exactly a load's columns in exactly its types,
 * by loading it into a DuckDB file of its own first. So both engines refuse,
 * round and cast the same, and what is uploaded needs no reading of types.
 *
 * Disk: the rows twice, until disposed. Memory: 512 MB, whatever the rows. What a
 * killed process has left in this machine's folder for temporary files is
 * removed first.
 */
export async function openStage(): Promise<Stage> {
  const folder = await Deno.makeTempDir({ prefix: PREFIX });
  const lock = await holdLock(lockOf(folder));
  await removeLeftOvers(dirname(folder));
  const instance = await DuckDBInstance.create(join(folder, "stage.duckdb"), {
    autoinstall_known_extensions: "false",
    memory_limit: MOST_MEMORY,
    temp_directory: folder,
  });
  const connection = await instance.connect();
  let count = 0;
  return {
    async write(dataset, load, options) {
      const path = join(folder, `${++count}.parquet`);
      return { path, rows: await writeTable(connection, load, { ...options, dataset, path }) };
    },
    async [Symbol.asyncDispose]() {
      connection.closeSync();
      instance.closeSync();
      await Deno.remove(folder, { recursive: true });
      lock[Symbol.dispose]();
    },
  };
}

async function writeTable(
  connection: DuckDBConnection,
  load: TableLoad,
  context: ReplaceOptions & { readonly dataset: string; readonly path: string },
): Promise<number> {
  const table = `${quoteName(context.dataset)}.${quoteName(load.name)}`;
  await run(connection, `create schema if not exists ${quoteName(context.dataset)}`);
  const rows = await loadTable(connection, load, context);
  const target = `${quoteText(context.path)} (format parquet, compression zstd)`;
  await run(connection, `copy ${table} to ${target}`);
  await run(connection, `drop table ${table}`);
  return rows;
}

/** Removes the stages whose lock nobody holds: their process has ended. */
async function removeLeftOvers(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory || !name.startsWith(PREFIX)) continue;
    const stage = join(folder, name);
    const lock = await maybeLock(stage);
    if (lock === undefined) continue;
    await Deno.remove(stage, { recursive: true });
    lock[Symbol.dispose]();
  }
}

/** The lock of a stage that was left; undefined where it is at work, or another user's. */
async function maybeLock(stage: string): Promise<Disposable | undefined> {
  try {
    const { mtime } = await Deno.stat(stage);
    if (Date.now() - (mtime?.getTime() ?? 0) < YOUNG_MS) return undefined;
    return await holdLock(lockOf(stage));
  } catch (error) {
    // Held, or not to be written to: both are errors of the environment.
    if (error instanceof FeiraError || error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function lockOf(stage: string): string {
  return join(stage, "lock");
}
