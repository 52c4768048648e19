import { type Effects, FeiraError, type Workspace } from "feira/workspace";
import { DuckDbWarehouse } from "./duckdb/warehouse.ts";
import { openDuckDb } from "./duckdb/open.ts";
import { dirname } from "./_path.ts";
import { openBigQuery } from "./open_bigquery.ts";
import type { Warehouse } from "./warehouse.ts";

/** A query that reads more on BigQuery is announced, with what it costs. */
const ANNOUNCE_BYTES = 2 ** 30;

/** How a warehouse is opened; everything is optional. */
export interface OpenOptions {
  /** Refuses statements that write. Default false. */
  readonly readOnly?: boolean;
  readonly effects?: Effects;
}

/**
 * Opens the project's warehouse: its DuckDB file, or BigQuery, as `openBigQuery`
 * finds it in the environment, where a query that reads a GiB or more is
 * announced in the log with its cost.
 *
 * A DuckDB file and its folder are made when they are not there, unless only for
 * reading. One process may write, or several may read; so close it (or let
 * `await using` do so) before another program, such as dbt, opens the same file.
 *
 * @throws {FeiraError} `environment` when the file cannot be opened, is held by
 * another process (which the message names), or is not there to be read; on
 * BigQuery as `openBigQuery` does.
 *
 * @example
 * ```ts
 * import { openWarehouse } from "feira/warehouse";
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const workspace = openWorkspace({ root: await Deno.makeTempDir() });
 * await using warehouse = await openWarehouse(workspace);
 * const rows = await warehouse.query("select ? + 1 as answer", [41]);
 * assert.deepEqual(rows, [{ answer: 42 }]);
 * ```
 */
export async function openWarehouse(
  workspace: Workspace,
  options: OpenOptions = {},
): Promise<Warehouse> {
  const { readOnly = false } = options;
  if (workspace.engine === "bigquery") {
    return await openBigQuery(workspace, { ...options, announceBytes: ANNOUNCE_BYTES });
  }
  const path = workspace.duckdbPath;
  if (readOnly) await assertThere(path);
  else await makeFolder(path);
  const { instance, connection } = await openDuckDb(path, readOnly);
  return new DuckDbWarehouse(instance, connection);
}

async function assertThere(path: string): Promise<void> {
  try {
    await Deno.stat(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new FeiraError(
      "environment",
      `Cannot open warehouse ${path}: it is not there, must be made by the notebooks that write it (deno task run)`,
      { cause },
    );
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
  } catch (cause) {
    throw new FeiraError(
      "environment",
      `Cannot open warehouse ${path}: ${
        (cause as Error).message
      }, must be in a folder that this user may make`,
      { cause },
    );
  }
}
