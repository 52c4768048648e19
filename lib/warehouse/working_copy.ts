import type { DatasetKind, Workspace } from "feira/workspace";
import { beginDuckDbWork } from "./duckdb/work.ts";
import type { BigQueryOptions } from "./open_bigquery.ts";

/** A copy of the warehouse to work on; discarded when disposed uncommitted. */
export interface WorkingCopy extends AsyncDisposable {
  /**
   * The workspace as the work sees it. On DuckDB its file is a copy in a folder
   * beside the original, absent when the original is, and of the same name,
   * because DuckDB names the catalog after the file, and dbt writes that name
   * into its views. On BigQuery its datasets are copies.
   */
  readonly workspace: Workspace;
  /** By which another process's `openWorkspace` gives that workspace. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Puts what was made in the original's place, at once.
   *
   * @throws {FeiraError} `environment` when a process still has the copy open;
   * `failed` when the original was changed since the copy was made. The
   * original is then as it was.
   */
  commit(): Promise<void>;
  /** Removes the copy; nothing to do after a commit. */
  discard(): Promise<void>;
}

/** What is worked on, and how; DuckDB needs none of it. */
export interface WorkOptions extends BigQueryOptions {
  /** The datasets that are written to. Default: all three. */
  readonly datasets?: readonly DatasetKind[];
}

/**
 * Copies the warehouse, so that tables change when all work on the copy has
 * succeeded, or not at all.
 *
 * The DuckDB file is copied whole: disk space for a second file is needed, and
 * the time to write it. Copies that a killed process left are removed first.
 * Call it with the warehouse closed in this process.
 *
 * On BigQuery each dataset that is written to gets a working one beside it,
 * `<dataset>__work_<8 hexadecimal digits>`: tables by copy jobs, which are free,
 * views made again over the copies. What has changed there is published in one
 * transaction. Working datasets that a killed process left are removed when they
 * are a day old, and are empty by then.
 *
 * @throws {FeiraError} `environment` when another process is writing to the
 * original, or the folder cannot be written to; on BigQuery as statements do.
 *
 * @example
 * ```ts
 * import { beginWork, openWarehouse } from "feira/warehouse";
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const workspace = openWorkspace({ root: await Deno.makeTempDir() });
 * await using work = await beginWork(workspace);
 * {
 *   await using warehouse = await openWarehouse(work.workspace);
 *   await warehouse.query("create table answers as select 42 as answer");
 * }
 * await work.commit();
 * await using warehouse = await openWarehouse(workspace, { readOnly: true });
 * assert.deepEqual(await warehouse.query("from answers"), [{ answer: 42 }]);
 * ```
 */
export async function beginWork(
  workspace: Workspace,
  options: WorkOptions = {},
): Promise<WorkingCopy> {
  if (workspace.engine === "duckdb") return await beginDuckDbWork(workspace);
  const { beginBigQueryWork } = await import("./bigquery/work.ts");
  const { datasets = ["raw", "staging", "analytics"] } = options;
  return await beginBigQueryWork(workspace, datasets, options);
}
