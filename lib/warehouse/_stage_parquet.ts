import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { loadTable } from "./_duckdb_load.ts";
import { quoteName, quoteText, run } from "./_duckdb_sql.ts";
import { join } from "./_path.ts";
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

/**
 * Makes Parquet files that hold exactly a load's columns in exactly its types,
 * by loading it into a DuckDB file of its own first. So both engines refuse,
 * round and cast the same, and what is uploaded needs no reading of types.
 *
 * Disk: the rows twice, until disposed. Memory: DuckDB's, which spills.
 */
export async function openStage(): Promise<Stage> {
  const folder = await Deno.makeTempDir({ prefix: "feira-stage-" });
  const instance = await DuckDBInstance.create(join(folder, "stage.duckdb"), {
    autoinstall_known_extensions: "false",
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
