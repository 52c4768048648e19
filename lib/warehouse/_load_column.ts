import { FeiraError } from "feira/workspace";
import type { LoadColumn, LoadType } from "./warehouse.ts";

/** Both engines' names of what a load's column can be, without their parameters. */
const TYPES: readonly (readonly [name: RegExp, type: LoadType])[] = [
  [/^(VARCHAR|STRING)$/, "text"],
  [/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|INT64)$/, "integer"],
  [/^(DECIMAL|NUMERIC)$/, "decimal"],
  [/^(DOUBLE|FLOAT|FLOAT64)$/, "float"],
  [/^(TIMESTAMP(_S|_MS|_NS)?|DATETIME)$/, "timestamp"],
  [/^DATE$/, "date"],
  [/^(BOOLEAN|BOOL)$/, "boolean"],
];

/**
 * A column that is there as a load describes it.
 *
 * @param place of the column, for the error: `analytics_olist.dim_customer`.
 * @throws {FeiraError} `data` when no load has its type.
 */
export function toLoadColumn(
  place: string,
  { name, type, description }: {
    readonly name: string;
    readonly type: string;
    readonly description?: string | null | undefined;
  },
): LoadColumn {
  const match = TYPES.find(([known]) => known.test(type.replace(/\(.*\)$/, "")));
  if (match === undefined) {
    throw new FeiraError(
      "data",
      `Cannot read the columns of ${place}: ${name} is ${type}, must be text, a number, a moment or a boolean`,
    );
  }
  return { name, type: match[1], ...(description ? { description } : {}) };
}
