import type { TableName } from "feira/olist";

/**
 * What cleaning did to one table. `rows_in` = `rows_out` + `merged` +
 * `rejected`, always.
 */
export interface TableAccount {
  readonly table: TableName;
  /** Rows of the raw file; blank lines hold no row. */
  readonly rows_in: number;
  /** Rows of the Parquet file. */
  readonly rows_out: number;
  /** Rows that went into another one with the same values or the same key. */
  readonly merged: number;
  /** Rows kept in `rejects/<table>.csv` instead. */
  readonly rejected: number;
  /** Number of values that each rule changed; rules that changed none are named with 0. */
  readonly changed: Readonly<Record<string, number>>;
  /** Number of merged and rejected rows by reason; their sum is `merged` + `rejected`. */
  readonly reasons: Readonly<Record<string, number>>;
}
