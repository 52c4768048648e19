import type { SomMap } from "feira/som";
import type { Parameter, QueryOptions, Warehouse } from "feira/warehouse";
import { assertMapFits, assertSegments } from "./_check_map.ts";
import { assertNumeric, featuresOf } from "./_check_table.ts";
import { dialectOf } from "./_dialect.ts";
import { searchSql } from "./_search_sql.ts";
import { statement } from "./_statement.ts";
import type { ScaledTable } from "./feature_table.ts";

/** What rows are scored by. */
export interface Scoring {
  readonly map: SomMap;
  /** `[units]`: each unit's segment, from 0. */
  readonly segments: Int32Array;
  /** The table's column that tells rows apart; the result has it under its own name. */
  readonly key: string;
}

/** Settings of {@linkcode scoreInWarehouse}. */
export interface ScoreSpec extends Scoring, QueryOptions {
  /** The table to make or replace, in a dataset that is there. */
  readonly into: { readonly dataset: string; readonly table: string };
}

/**
 * The query that scores every row of a table: its key, the best unit, the
 * distance to it (of scaled features) and the unit's segment. For use in a
 * statement of one's own; its `?` take the parameters, in order.
 *
 * @throws {TypeError} when the map is not of these features, or there is not one
 * segment for every unit
 */
export function scoreSql(
  warehouse: Warehouse,
  table: ScaledTable,
  { map, segments, key }: Scoring,
): { readonly sql: string; readonly parameters: readonly Parameter[] } {
  assertMapFits(map, table, "score");
  assertSegments(segments, map, "score");
  const { integer, quote } = dialectOf(warehouse.engine);
  return statement`with ${searchSql(warehouse, table, { map, segments, key })}
select
    assigned.key as ${quote(key)},
    cast(assigned.unit as ${integer}) as unit,
    assigned.distance,
    cast(units.segment as ${integer}) as segment
from assigned join units on units.unit = assigned.unit`;
}

/**
 * Scores every row of a table into another one, by one statement and whatever
 * their number: key, unit, distance and segment as of {@linkcode scoreSql}. One
 * more statement before looks for values that are no numbers. The table changes
 * whole or not at all.
 *
 * @returns how many rows were scored
 * @throws {FeiraError} `data` when the table has no rows, or a value is NULL,
 * NaN or infinite; the message names table and column.
 * @throws {TypeError} when the map is not of these features, or there is not one
 * segment for every unit
 *
 * @example
 * ```ts
 * import { scoreInWarehouse } from "feira/distributed";
 * import { openWarehouse } from "feira/warehouse";
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const workspace = openWorkspace({ root: await Deno.makeTempDir() });
 * await using warehouse = await openWarehouse(workspace);
 * await warehouse.query("create schema marts");
 * await warehouse.query("create table marts.people as select 'a' as id, 4 as x");
 * const scaler = {
 *   featureNames: ["x"],
 *   mean: Float64Array.of(2),
 *   scale: Float64Array.of(2),
 *   constantFeatures: [],
 * };
 * await scoreInWarehouse(warehouse, { dataset: "marts", table: "people", scaler }, {
 *   map: { weights: Float64Array.of(0, 3), width: 2, height: 1, features: 1 },
 *   segments: Int32Array.of(7, 8),
 *   key: "id",
 *   into: { dataset: "marts", table: "scores" },
 * });
 * const scores = await warehouse.query("select * from marts.scores");
 * assert.deepEqual(scores, [{ id: "a", unit: 0, distance: 1, segment: 7 }]);
 * ```
 */
export async function scoreInWarehouse(
  warehouse: Warehouse,
  table: ScaledTable,
  { into, signal, ...scoring }: ScoreSpec,
): Promise<{ readonly rows: number }> {
  const { sql, parameters } = scoreSql(warehouse, table, scoring);
  const rows = await assertNumeric(warehouse, featuresOf(table), { action: "score rows", signal });
  await warehouse.query(
    `create or replace table ${warehouse.nameOf(into.dataset, into.table)} as ${sql}`,
    parameters,
    { signal },
  );
  return { rows };
}
