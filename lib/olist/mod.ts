/**
 * What the nine files of the Olist marketplace are: columns, types, keys,
 * relations; and a synthetic market of the same shape.
 *
 * Knows no other room.
 */
export {
  type ColumnContract,
  type ColumnType,
  type Reference,
  TABLE_NAMES,
  type TableContract,
  type TableName,
} from "./contract.ts";
export { dbtSources } from "./dbt_sources.ts";
export {
  type SyntheticMarket,
  syntheticMarket,
  type SyntheticSpec,
  type SyntheticTable,
} from "./synthetic_market.ts";
export { type SyntheticDirt } from "./synthetic_dirt.ts";
export { ORDER_STATUSES, PAYMENT_TYPES, STATES, tableOf, TABLES } from "./tables.ts";
