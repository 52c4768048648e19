import type { Engine } from "feira/workspace";

/** What the engines spell differently. */
export interface Dialect {
  readonly float: string;
  readonly integer: string;
  readonly text: string;
  /** A column's name, whatever it is. */
  quote(name: string): string;
  /** The `at`-th part, from 0, of a text that a character divides. */
  part(text: string, divider: string, at: number): string;
  /** A query of one column `line`, the parts of the statement's next parameter. */
  readonly lines: string;
  /** A text's MD5 as 32 hexadecimal digits. */
  md5(text: string): string;
  /** Whether a float is NaN or infinite. */
  isNotFinite(value: string): string;
}

/** Divides the lines of a parameter. */
export const LINE = ";";
/** Divides the fields of a line. */
export const FIELD = "|";
/** Divides the items of a field. */
export const ITEM = ",";

const DUCKDB: Dialect = {
  float: "double",
  integer: "bigint",
  text: "varchar",
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  part: (text, divider, at) => `split_part(${text}, '${divider}', ${at + 1})`,
  lines: `select unnest(string_split(?, '${LINE}')) as line`,
  md5: (text) => `md5(${text})`,
  isNotFinite: (value) => `(isnan(${value}) or isinf(${value}))`,
};

const BIGQUERY: Dialect = {
  float: "float64",
  integer: "int64",
  text: "string",
  quote: (name) => `\`${name.replace(/[`\\]/g, "\\$&")}\``,
  part: (text, divider, at) => `split(${text}, '${divider}')[offset(${at})]`,
  lines: `select line from unnest(split(?, '${LINE}')) as line`,
  md5: (text) => `to_hex(md5(${text}))`,
  isNotFinite: (value) => `(is_nan(${value}) or is_inf(${value}))`,
};

export function dialectOf(engine: Engine): Dialect {
  return engine === "bigquery" ? BIGQUERY : DUCKDB;
}
