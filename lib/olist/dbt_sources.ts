import { stringify } from "yaml";
import type { ColumnContract, ColumnType, TableContract } from "./contract.ts";
import { TABLES } from "./tables.ts";

/** Types as the dbt project names them; both warehouses know the names. */
const DATA_TYPES: Readonly<Record<ColumnType, string>> = {
  id: "string",
  zip: "string",
  text: "string",
  integer: "int64",
  decimal: "numeric(18, 2)",
  float: "float64",
  timestamp: "datetime",
};

/** A load is looked for every day; one that is a month old is not worth reading from. */
const FRESHNESS = {
  warn_after: { count: 7, period: "day" },
  error_after: { count: 30, period: "day" },
};

const HEADER =
  "# Generated from the contract in lib/olist: change it there, then `deno task generate`.\n";

/**
 * The YAML by which dbt knows the raw tables: the nine tables of the contract,
 * their columns and types, and how fresh their load must be.
 *
 * @returns the whole file; the same contract gives the same text.
 *
 * @example
 * ```ts
 * import { dbtSources } from "feira/olist";
 * import assert from "node:assert/strict";
 *
 * assert.match(dbtSources(), /loaded_at_field: load_timestamp/);
 * ```
 */
export function dbtSources(): string {
  const source = {
    name: "raw",
    description: "The nine files of the marketplace, cleaned and typed, as 03_load left them.",
    // A run that works on copies says what they are called; see dbt/macros/generate_schema_name.sql.
    schema: "{{ var('datasets').get('raw', 'raw_' ~ var('project')) }}",
    config: { loaded_at_field: "load_timestamp", freshness: FRESHNESS },
    tables: TABLES.toSorted((a, b) => a.name < b.name ? -1 : 1).map(toTable),
  };
  return HEADER + stringify({ version: 2, sources: [source] }, { lineWidth: 100 });
}

function toTable({ name, grain, columns }: TableContract) {
  return {
    name,
    description: sentence(grain),
    columns: [
      ...columns.map(toColumn),
      {
        name: "load_timestamp",
        data_type: DATA_TYPES.timestamp,
        description: "When the row was loaded, Brazil time; one value per load.",
      },
    ],
  };
}

function toColumn({ name, type, description }: ColumnContract) {
  return { name, data_type: DATA_TYPES[type], description: sentence(description) };
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
