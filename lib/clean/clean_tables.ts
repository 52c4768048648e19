import { join } from "node:path";
import { type ColumnType, TABLES } from "feira/olist";
import type { Workspace } from "feira/workspace";

/** How a warehouse loads one cleaned table. */
export interface CleanTable {
  readonly name: string;
  readonly columns: readonly CleanColumn[];
  readonly from: { readonly parquet: string };
  /** The table's grain. */
  readonly comment: string;
}

/** One column of a cleaned table, in the order of the contract and of the Parquet file. */
export interface CleanColumn {
  readonly name: string;
  readonly type: "text" | "integer" | "decimal" | "float" | "timestamp";
  readonly description: string;
}

const WAREHOUSE_TYPES = {
  id: "text",
  zip: "text",
  text: "text",
  integer: "integer",
  decimal: "decimal",
  float: "float",
  timestamp: "timestamp",
} as const satisfies Record<ColumnType, CleanColumn["type"]>;

/**
 * The nine cleaned tables as a warehouse loads them. Only names them: whether
 * the Parquet files are there shows when they are loaded.
 *
 * @example
 * ```ts
 * import { cleanTables } from "feira/clean";
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const tables = cleanTables(openWorkspace({ project: "demo" }));
 * assert.equal(tables.length, 9);
 * assert.match(tables[0]!.from.parquet, /demo.product_category_name_translation\.parquet$/);
 * ```
 */
export function cleanTables(workspace: Workspace): CleanTable[] {
  return TABLES.map(({ name, columns, grain }) => ({
    name,
    columns: columns.map(({ name, type, description }) => ({
      name,
      type: WAREHOUSE_TYPES[type],
      description,
    })),
    from: { parquet: join(workspace.cleanDir, `${name}.parquet`) },
    comment: grain,
  }));
}
