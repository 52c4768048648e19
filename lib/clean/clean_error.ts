import { FeiraError } from "feira/workspace";
import type { TableName } from "feira/olist";

/** Where in the raw data an error was found. */
export interface CleanErrorPlace {
  readonly table: TableName;
  /** Name of the file in the raw folder. */
  readonly file: string;
  /** The line on which the row at fault starts, from 1; quoted newlines count. */
  readonly line?: number;
  readonly column?: string;
}

/**
 * A raw file that is not what its contract says. Nothing is cleaned then: the
 * folder of the last cleaning stays as it was.
 *
 * @example
 * ```ts
 * import { CleanError } from "feira/clean";
 * import assert from "node:assert/strict";
 *
 * const place = { table: "orders", file: "olist_orders_dataset.csv", line: 812 } as const;
 * const error = new CleanError("7 fields", "8, as in the header", place);
 * assert.equal(
 *   error.message,
 *   "Cannot clean orders: 7 fields at olist_orders_dataset.csv line 812, must be 8, as in the header",
 * );
 * assert.equal(error.exitCode, 1);
 * ```
 */
export class CleanError extends FeiraError implements CleanErrorPlace {
  override name = "CleanError";
  readonly table: TableName;
  readonly file: string;
  readonly line?: number;
  readonly column?: string;

  /**
   * @param found what is wrong, as in `order_status is "gone"`.
   * @param must what it has to be instead, without "must be".
   */
  constructor(found: string, must: string, place: CleanErrorPlace & ErrorOptions) {
    const { table, file, line, column } = place;
    const at = line === undefined ? file : `${file} line ${line}`;
    super(
      "data",
      `Cannot clean ${table}: ${found} at ${at}, must be ${must}`,
      "cause" in place ? { cause: place.cause } : undefined,
    );
    this.table = table;
    this.file = file;
    if (line !== undefined) this.line = line;
    if (column !== undefined) this.column = column;
  }
}
