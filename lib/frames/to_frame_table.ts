import { DISPLAY, showTable, type Table } from "feira/plots";
import type { DataFrame } from "polars-itself";
import { toColumn } from "./_column.ts";

/** Wishes about a frame's table. */
export interface FrameTableOptions {
  /** At most this many rows are shown, 50 by default. */
  readonly limit?: number;
}

/**
 * A polars data frame as a table that shows itself in Jupyter: its first rows,
 * each column's type beside its name, 64-bit integers and decimals exact, dates
 * and times as they are written in SQL, missing values as an en dash, empty texts
 * as `""`. Only the rows that are shown leave polars.
 *
 * ```ts
 * import { toFrameTable } from "feira/frames";
 * import pl from "nodejs-polars";
 * import assert from "node:assert/strict";
 *
 * const frame = pl.DataFrame({ id: [9007199254740993n], at: [new Date("2018-01-02T03:04:05Z")] });
 * const { rows, columns } = toFrameTable(frame);
 * assert.deepEqual(rows, [["9007199254740993", "2018-01-02 03:04:05"]]);
 * assert.deepEqual(columns.map(({ label }) => label), ["id (u64)", "at (datetime)"]);
 * ```
 *
 * @throws {RangeError} when the frame has no column, or limit is below 1
 */
export function toFrameTable(frame: DataFrame, { limit = 50 }: FrameTableOptions = {}): Table {
  const { height, width } = frame;
  const columns = frame.head(limit).getColumns().map(toColumn);
  const size = `${count(height, "row")} × ${count(width, "column")}`;
  const rows = Array.from(
    { length: Math.min(height, limit) },
    (_, row) => Object.fromEntries(columns.map(({ spec, cells }) => [spec.key, cells[row]])),
  );
  return showTable(rows, {
    columns: columns.map(({ spec }) => spec),
    caption: height > limit ? `first ${limit} of ${size}` : size,
    limit,
  });
}

function count(n: number, what: string): string {
  return `${n.toLocaleString("en-US")} ${what}${n === 1 ? "" : "s"}`;
}

/** What Jupyter shows of a frame; one without columns has only its size. */
export function displayFrame(frame: DataFrame): Record<string, unknown> {
  return frame.width === 0
    ? { "text/plain": `${count(frame.height, "row")} × 0 columns` }
    : toFrameTable(frame)[DISPLAY]();
}
