import { FeiraError, type Workspace } from "feira/workspace";
import { DuckDbWarehouse } from "./_duckdb_warehouse.ts";
import { openDuckDb } from "./_duckdb_open.ts";
import { dirname } from "./_path.ts";
import type { Warehouse } from "./warehouse.ts";

/**
 * Opens the project's warehouse. A DuckDB file and its folder are made when
 * they are not there, unless only for reading.
 *
 * One process may write, or several may read; so close it (or let `await using`
 * do so) before another program, such as dbt, opens the same file.
 *
 * @param options.readOnly refuses statements that write. Default false.
 * @throws {FeiraError} `usage` when the workspace's engine is BigQuery, which
 * `openBigQuery` opens for code of one's own; `environment` when the file cannot
 * be opened, is held by another process (which the message names), or is not
 * there to be read.
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
  options: { readonly readOnly?: boolean } = {},
): Promise<Warehouse> {
  const { readOnly = false } = options;
  if (workspace.engine !== "duckdb") {
    throw new FeiraError(
      "usage",
      `Cannot open warehouse: it is "${workspace.engine}", which the notebooks and dbt do not run on yet, must be duckdb`,
    );
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
