import type { Field } from "./values.ts";
import type { LoadType } from "../warehouse.ts";

/** The types of loads, as the REST interface and SQL both name them. */
export const FIELD_TYPES: Readonly<Record<LoadType, string>> = {
  text: "STRING",
  integer: "INT64",
  decimal: "NUMERIC",
  float: "FLOAT64",
  timestamp: "DATETIME",
  date: "DATE",
  boolean: "BOOL",
};

const OTHER_NAMES: Readonly<Record<string, string>> = {
  INTEGER: "INT64",
  FLOAT: "FLOAT64",
  BOOLEAN: "BOOL",
};

/** A column's type by its name in SQL; the service gives some by an older one. */
export function sqlType({ type, mode }: Field): string {
  const name = OTHER_NAMES[type] ?? type;
  return mode === "REPEATED" ? `array<${name}>` : name;
}

/** @throws {TypeError} for a name that no table, column or dataset of BigQuery may have. */
export function quoteName(name: string): string {
  if (/[`\\\n]/.test(name) || name === "") {
    throw new TypeError(`Cannot name ${JSON.stringify(name)} in SQL: must have no \` and no \\`);
  }
  return `\`${name}\``;
}

/** A text as SQL spells it. */
export function quoteText(text: string): string {
  const escaped = text.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
  return `'${escaped}'`;
}

/** A table's full name. */
export function tableName(dataset: string, table: string): string {
  return `${quoteName(dataset)}.${quoteName(table)}`;
}
