import type { LoadColumn, LoadType, Warehouse } from "feira/warehouse";
import { FeiraError } from "feira/workspace";

/** Both engines' names of what a load's column can be. */
const TYPES: readonly [pattern: RegExp, type: LoadType][] = [
  [/^(VARCHAR|STRING|TEXT)/, "text"],
  [/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|INT64|INT$)/, "integer"],
  [/^(DECIMAL|NUMERIC)/, "decimal"],
  [/^(DOUBLE|FLOAT|REAL)/, "float"],
  [/^(TIMESTAMP$|TIMESTAMP_|DATETIME)/, "timestamp"],
  [/^DATE$/, "date"],
  [/^BOOL/, "boolean"],
];

/**
 * A table's columns as a load describes them, in their order.
 *
 * @throws {FeiraError} `data` when the table is not there or has a column of another type
 */
export async function readColumns(
  warehouse: Warehouse,
  dataset: string,
  table: string,
): Promise<LoadColumn[]> {
  const isDuckdb = warehouse.engine === "duckdb";
  const source = isDuckdb ? "information_schema.columns" : `${dataset}.INFORMATION_SCHEMA.COLUMNS`;
  const found = await warehouse.query<{ name: string; type: string; description?: string | null }>(
    `select column_name as name, data_type as type${
      isDuckdb ? ', "COLUMN_COMMENT" as description' : ""
    }
     from ${source}
     where table_schema = ? and table_name = ? order by ordinal_position`,
    [dataset, table],
  );
  if (found.length === 0) {
    throw new FeiraError(
      "data",
      `Cannot publish segments: found no table ${dataset}.${table}, must be made by the marts first`,
    );
  }
  return found.map(({ name, type, description }) => {
    const match = TYPES.find(([pattern]) => pattern.test(type));
    if (match === undefined) {
      throw new FeiraError(
        "data",
        `Cannot publish segments: column ${table}.${name} is ${type}, must be text, a number, a moment or a boolean`,
      );
    }
    return { name, type: match[1], ...(description ? { description } : {}) };
  });
}

/** A value of a query as a load takes it: moments are text in the one, Temporal in the other. */
export function toLoadValue(value: unknown, type: LoadType): unknown {
  if (typeof value !== "string") return value;
  if (type === "timestamp") return Temporal.PlainDateTime.from(value.replace(" ", "T"));
  if (type === "date") return Temporal.PlainDate.from(value);
  return value;
}
