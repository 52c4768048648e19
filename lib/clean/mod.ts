/**
 * Raw CSV to typed, deduplicated Parquet, and an account of every value that
 * changed and every row that was merged or rejected.
 *
 * Knows olist and workspace.
 */
export type { TableAccount } from "./account.ts";
export { CleanError, type CleanErrorPlace } from "./clean_error.ts";
export { cleanRawData, type CleanRawDataOptions } from "./clean_raw_data.ts";
export { type CleanColumn, type CleanTable, cleanTables } from "./clean_tables.ts";
export { readAccount } from "./read_account.ts";
