/**
 * The warehouse: one interface over its engines, loads that change tables whole
 * or not at all, and working copies for runs that may fail.
 *
 * Knows `workspace`.
 */
export { brazilTime } from "./brazil_time.ts";
export { describeBytes, readBytesBilled, recordBytesBilled } from "./bytes_billed.ts";
export { type BigQueryOptions, openBigQuery } from "./open_bigquery.ts";
export { type OpenOptions, openWarehouse } from "./open_warehouse.ts";
export type {
  Columns,
  LoadColumn,
  LoadSource,
  LoadType,
  Parameter,
  QueryOptions,
  ReplaceOptions,
  TableInfo,
  TableLoad,
  Warehouse,
} from "./warehouse.ts";
export { WarehouseError } from "./warehouse_error.ts";
export { beginWork, type WorkingCopy, type WorkOptions } from "./working_copy.ts";
export { writeParquet } from "./write_parquet.ts";
