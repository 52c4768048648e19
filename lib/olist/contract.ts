/**
 * What a value of a column is.
 *
 * - `id`: 32 hexadecimal digits
 * - `zip`: the first five digits of a Brazilian postal code, kept as text
 * - `text`: UTF-8 text
 * - `integer`: a whole number
 * - `decimal`: money in Brazilian reais (BRL), two decimals, never a float
 * - `float`: a coordinate in degrees
 * - `timestamp`: local time in Brazil (America/Sao_Paulo), `YYYY-MM-DD HH:MM:SS`
 */
export type ColumnType = "id" | "zip" | "text" | "integer" | "decimal" | "float" | "timestamp";

/** One column of a source file. */
export interface ColumnContract {
  /** As the header of the file spells it, the source's misspellings included. */
  readonly name: string;
  readonly type: ColumnType;
  /** Whether the source leaves it empty in some rows. */
  readonly nullable: boolean;
  readonly description: string;
  /** Least and greatest value that can be true, for numbers. */
  readonly range?: readonly [min: number, max: number];
  /** All values there are, for closed choices. */
  readonly values?: readonly string[];
}

/** A column whose values are those of another table's column. */
export interface Reference {
  readonly column: string;
  readonly table: TableName;
  readonly foreignColumn: string;
}

/** One source file, and the raw table it becomes. */
export interface TableContract {
  /** The table's name in the raw dataset. */
  readonly name: TableName;
  /** The file's name in the Kaggle archive. */
  readonly file: string;
  /** What one row is. */
  readonly grain: string;
  readonly columns: readonly ColumnContract[];
  /** Columns that together tell rows apart; empty where only whole rows do. */
  readonly key: readonly string[];
  /** Relations that hold in the published dataset, but for the orphans it has. */
  readonly references: readonly Reference[];
}

/** The raw tables, in the order in which each refers only to earlier ones. */
export const TABLE_NAMES = [
  "product_category_name_translation",
  "customers",
  "sellers",
  "products",
  "orders",
  "order_items",
  "order_payments",
  "order_reviews",
  "geolocation",
] as const;

export type TableName = typeof TABLE_NAMES[number];
