import { DISPLAY, type Display } from "./_display.ts";
import { tableHtml, tableText } from "./_table_markup.ts";
import {
  type Cell,
  columnsOf,
  formatCell,
  type Row,
  type TableColumn,
  toCell,
} from "./_table_columns.ts";

/** The type of {@link TableData} in a notebook's output. */
export const TABLE_MIME = "application/vnd.feira.table+json";

/** A table as data, as a report reads it from a notebook's output. */
export interface TableData {
  readonly title?: string;
  readonly caption?: string;
  readonly columns: readonly TableColumn[];
  /** Cells as people read them, one array per row, in the columns' order. */
  readonly rows: readonly (readonly string[])[];
  /** The same cells as plain values, for sorting and for CSV; missing ones are null. */
  readonly sort: readonly (readonly Cell[])[];
  /** How many rows there were; more than are here when `limit` cut them. */
  readonly totalRows: number;
  /** The query whose rows it shows. */
  readonly sql?: string;
}

/** A table that Jupyter shows when it is a cell's last value. */
export interface Table extends TableData, Display {}

/** Wishes about one column; what is not said is read off the values. */
export type ColumnSpec = Partial<TableColumn> & { readonly key: string };

/** Wishes about a table. */
export interface TableOptions {
  /** Which columns, in which order; by default every key of the rows as it first appears. */
  readonly columns?: readonly (string | ColumnSpec)[];
  readonly title?: string;
  readonly caption?: string;
  /** At most this many rows are shown, 200 by default. */
  readonly limit?: number;
}

/**
 * A table of plain rows for a notebook and its report: numbers right-aligned
 * with thousands separators and as many decimals as their column needs,
 * missing values as an en dash, everything escaped.
 *
 * @param objects records such as a query returns; none is fine when `columns` says what they would be
 * @throws {RangeError} when there is neither a row nor a column, or limit is below 1
 * @throws {TypeError} when a number column holds anything else
 *
 * ```ts
 * import { showTable } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const table = showTable([{ state: "SP", orders: 41746 }, { state: "AC", orders: null }]);
 * assert.deepEqual(table.rows, [["SP", "41,746"], ["AC", "–"]]);
 * assert.equal(table.columns[1]!.align, "right");
 * ```
 */
export function showTable(
  objects: readonly object[],
  { columns: specs, title, caption, limit = 200 }: TableOptions = {},
): Table {
  if (!(limit >= 1)) {
    throw new RangeError(`Cannot show a table: limit is ${limit}, must be 1 or more`);
  }
  const rows = objects as readonly Row[];
  const columns = columnsOf(rows, specs);
  const sort = rows.slice(0, limit).map((row) => columns.map(({ key }) => toCell(row[key])));
  const data: TableData = {
    ...(title !== undefined && { title }),
    ...(caption !== undefined && { caption }),
    columns,
    rows: sort.map((cells) => cells.map((cell, i) => formatCell(cell, columns[i]!))),
    sort,
    totalRows: rows.length,
  };
  return displayed(data);
}

/** The table with something more in its data. */
export function amendTable(
  { [DISPLAY]: _, ...data }: Table,
  more: Pick<TableData, "sql">,
): Table {
  return displayed({ ...data, ...more });
}

/** Table data with what Jupyter asks for. */
function displayed(data: TableData): Table {
  return {
    ...data,
    [DISPLAY]: () => ({
      "text/html": tableHtml(data),
      "text/plain": tableText(data),
      [TABLE_MIME]: data,
    }),
  };
}
