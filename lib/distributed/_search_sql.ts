import type { SomMap } from "feira/som";
import type { Warehouse } from "feira/warehouse";
import { bigquerySearch } from "./_bigquery_search.ts";
import { dialectOf } from "./_dialect.ts";
import { duckdbSearch } from "./_duckdb_search.ts";
import { type MapLines, toMapLines } from "./_map_lines.ts";
import { scaledRows } from "./_scaled_rows.ts";
import type { Statement } from "./_statement.ts";
import type { ScaledTable } from "./feature_table.ts";

/** What an engine's search is made of. */
export interface SearchSpec {
  /** Rows with columns x0, x1, … and those that are carried along. */
  readonly source: Statement;
  readonly lines: MapLines;
  readonly cols: number;
  /** Columns of the source that go through to the result. */
  readonly carry: readonly string[];
  /** Whether the second best units are asked for. */
  readonly second: boolean;
}

export interface Search {
  readonly map: SomMap;
  /** `[units]`; 0 for all when absent. */
  readonly segments?: Int32Array;
  /** A column that goes through to the result as `key`. */
  readonly key?: string;
  /** @default false */
  readonly second?: boolean;
}

/**
 * Named queries, to stand after `with`. The last two: `units` (unit, segment)
 * and `assigned` (key where asked for, x0, x1, …: the scaled features, unit,
 * distance, and second where asked for).
 *
 * Every row's best unit is found exactly, the lowest among equals: the nearest
 * middle of a patch of the map; the nearest unit of that patch, its seed; then
 * the best among the units that can be nearer than the seed, see `nearUnits`.
 * Where no list reaches so far, the best of the seed's 64 nearest becomes a
 * better seed, and if it has no such list either, the row meets all units.
 */
export function searchSql(warehouse: Warehouse, table: ScaledTable, search: Search): Statement {
  const { map, segments, key, second = false } = search;
  const dialect = dialectOf(warehouse.engine);
  const spec = {
    source: scaledRows(warehouse, table, key),
    lines: toMapLines(map, segments),
    cols: map.features,
    carry: key === undefined ? [] : ["key"],
    second,
  };
  return warehouse.engine === "bigquery"
    ? bigquerySearch(spec, dialect)
    : duckdbSearch(spec, dialect);
}
