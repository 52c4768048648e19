import type { Engine } from "feira/workspace";

/** What a statement's parameter may be; bound by type, never pasted into SQL. */
export type Parameter =
  | string
  | number
  | bigint
  | boolean
  | null
  | Temporal.PlainDate
  | Temporal.PlainDateTime;

/** What a load's column holds; each engine maps it to a type of its own. */
export type LoadType =
  | "text"
  | "integer"
  | "decimal"
  | "float"
  | "timestamp"
  | "date"
  | "boolean";

/** One column of a table to be loaded. */
export interface LoadColumn {
  readonly name: string;
  /**
   * - `integer`: 64 bits
   * - `decimal`: money, two decimals, 18 digits
   * - `float`: 64 bits
   * - `timestamp`: local time without zone, microseconds
   */
  readonly type: LoadType;
  /** Becomes the column's comment in the warehouse. */
  readonly description?: string;
}

/**
 * Where a table's rows come from: a Parquet file, or plain objects whose values
 * are texts, finite numbers, bigints, booleans, Temporal dates or null. Columns
 * are found by name; what the load does not name is left out.
 */
export type LoadSource =
  | { readonly parquet: string }
  | { readonly rows: readonly Readonly<Record<string, unknown>>[] };

/** A table to be made or replaced. */
export interface TableLoad {
  readonly name: string;
  readonly columns: readonly LoadColumn[];
  readonly from: LoadSource;
  /** Becomes the table's comment. */
  readonly comment?: string;
}

/** How a statement is run. */
export interface QueryOptions {
  /** Ends the statement, which then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface ReplaceOptions {
  /** When given, every table gets a last column `load_timestamp` with this one value. */
  readonly loadTimestamp?: Temporal.PlainDateTime;
  /** Put before every table's own comment. */
  readonly comment?: string;
  /**
   * Ends it, and throws the signal's reason: every table is as it was, or, where
   * it came too late, every table is new.
   */
  readonly signal?: AbortSignal | undefined;
}

/** A table or view that is there. */
export interface TableInfo {
  readonly name: string;
  readonly kind: "table" | "view";
  readonly rows: number;
  readonly comment?: string;
}

/**
 * A result by columns. Every column is in exactly one of the two records; all
 * arrays have `rows` entries in the result's order.
 */
export interface Columns {
  /** Column names in the statement's order. */
  readonly names: readonly string[];
  readonly rows: number;
  /** Numbers and booleans (1, 0); NULL is NaN. */
  readonly numbers: Readonly<Record<string, Float64Array>>;
  /** Everything else, dates and timestamps as in {@linkcode Warehouse.query}. */
  readonly texts: Readonly<Record<string, string[]>>;
}

/**
 * The warehouse of a project: datasets of tables, SQL, and loads that change
 * tables whole or not at all. Closed when disposed.
 *
 * Statements are written so that both engines read them: tables by
 * {@linkcode Warehouse.nameOf}, parameters as `?`.
 */
export interface Warehouse extends AsyncDisposable {
  readonly engine: Engine;

  /**
   * Runs a statement and gives its rows as plain objects: whole numbers and
   * decimals as number (a decimal as the nearest one), DATE as `2018-01-31`,
   * TIMESTAMP as `2018-01-31 13:05:00` (with a fraction where it has one), NULL
   * as null, lists as arrays, structs as objects. A statement that is no query
   * gives no rows.
   *
   * @param parameters bound to the statement's `?` in order. A null is a text's:
   * cast the `?` where another type is needed.
   * @throws {WarehouseError} when the engine refuses the statement, or two
   * columns have one name.
   * @throws {RangeError} when a whole number is beyond ±(2^53 − 1).
   */
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters?: readonly Parameter[],
    options?: QueryOptions,
  ): Promise<Row[]>;

  /**
   * Runs a query and gives its result by columns, without making row objects.
   * Memory: 8 bytes per number; on DuckDB its own result of the same size
   * beside it, which is freed afterwards; on BigQuery one page of rows.
   *
   * @throws {WarehouseError} as {@linkcode Warehouse.query}, and when a text
   * column has a NULL, which a text array could not tell from a text.
   * @throws {RangeError} as {@linkcode Warehouse.query}.
   */
  columns(
    sql: string,
    parameters?: readonly Parameter[],
    options?: QueryOptions,
  ): Promise<Columns>;

  /**
   * The bytes that a statement would be billed for reading, without running it;
   * 0 where reading costs nothing.
   *
   * @throws {WarehouseError} when the engine refuses the statement.
   */
  bytesToRead(sql: string, parameters?: readonly Parameter[]): Promise<number>;

  /** The bytes that all statements have been billed for up to now; 0 where they cost nothing. */
  readonly bytesBilled: number;

  /**
   * Makes or replaces tables, all or none: a reader sees all the old ones or
   * all the new ones, and after an error all are as they were. Makes the
   * dataset. Decimals are rounded to cents; a whole-number column refuses
   * fractions. On DuckDB a view of the same name is replaced too, and a column
   * may change its type; BigQuery could not take those back with the rest, so
   * there they are refused.
   *
   * @returns each table's name and rows, in the order given.
   * @throws {FeiraError} `data` when a Parquet file lacks a column or has it
   * in a type that cannot become the load's without loss.
   * @throws {TypeError} when a row's value is not of its column's type; the
   * message names table, column and row.
   * @throws {WarehouseError} when the engine refuses.
   */
  replaceTables(
    dataset: string,
    loads: readonly TableLoad[],
    options?: ReplaceOptions,
  ): Promise<{ name: string; rows: number }[]>;

  /** Tables and views of a dataset by name; none when the dataset is not there. */
  listTables(dataset: string): Promise<TableInfo[]>;

  /**
   * A table's columns as a load describes them, in their order, so that another
   * table can be made with them; none when the table is not there.
   *
   * @throws {FeiraError} `data` when a column is of a type that no load has.
   */
  loadColumns(dataset: string, table: string): Promise<LoadColumn[]>;

  /**
   * What changes whenever a table or view of the dataset does, or what a view
   * reads, by name: it may change also where the rows stay as they are. Read
   * for nothing. Undefined on DuckDB, whose tables are parts of one file.
   */
  tableVersions(dataset: string): Promise<ReadonlyMap<string, string> | undefined>;

  /**
   * A hash of a table's or view's columns, types and rows that does not depend
   * on the rows' order; undefined when it is not there. For telling change,
   * not for security: two 64-bit sums and the count.
   *
   * @param options.ignore columns that do not count, such as `load_timestamp`.
   */
  fingerprint(
    dataset: string,
    table: string,
    options?: { readonly ignore?: readonly string[] },
  ): Promise<string | undefined>;

  /**
   * Puts a comment before the comment of every table and view of a dataset;
   * one that begins with it already stays as it is.
   */
  commentTables(dataset: string, comment: string): Promise<void>;

  /** The table's full name, quoted, for use in a statement. */
  nameOf(dataset: string, table: string): string;

  /** Ends all work and writes everything to the file; closing twice is fine. */
  close(): Promise<void>;
}
