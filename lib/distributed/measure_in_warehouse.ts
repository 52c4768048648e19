import { daviesBouldinOf } from "feira/cluster";
import { neuronNeighbours, type SomMap } from "feira/som";
import type { QueryOptions, Warehouse } from "feira/warehouse";
import { assertMapFits, assertSegments } from "./_check_map.ts";
import { assertNumeric, featuresOf } from "./_check_table.ts";
import { dialectOf } from "./_dialect.ts";
import { searchSql } from "./_search_sql.ts";
import { bind, join, type Statement, statement } from "./_statement.ts";
import type { ScaledTable } from "./feature_table.ts";

/** How good a map is, over all rows of a table. */
export interface WarehouseMeasures {
  readonly rows: number;
  /** Mean distance of a row to its best unit, of scaled features. */
  readonly quantizationError: number;
  /** Share of rows whose two best units are no neighbours; NaN on a map of one neuron. */
  readonly topographicError: number;
  /** `[units]`: rows whose best unit it is. */
  readonly hits: Float64Array;
  readonly segments: readonly WarehouseSegment[];
  /** Of the segments that have rows; NaN where those are fewer than two. */
  readonly daviesBouldin: number;
}

/** One segment, over all of its rows. */
export interface WarehouseSegment {
  readonly rows: number;
  /** `[features]`, unscaled; NaN where it has no rows. */
  readonly mean: Float64Array;
  /** Mean distance of its rows to that mean, of scaled features; NaN where it has none. */
  readonly scatter: number;
}

/** Settings of {@linkcode measureInWarehouse}. */
export interface MeasureSpec extends QueryOptions {
  readonly map: SomMap;
  /** `[units]`: each unit's segment, from 0. @default 0 for all */
  readonly segments?: Int32Array;
}

/**
 * Measures a map and its segments on all rows of a table without reading one:
 * `quantizationError`, `topographicError`, `hitMap` and `daviesBouldin` of the
 * rooms `som` and `cluster`, within 1e-9, and the segments' profiles.
 *
 * Two statements, and one before that looks for values that are no numbers. The
 * first returns rows, distances and features' sums for each pair of best and
 * second best unit that occurs; the second, told the segments' means, the sum of
 * distances to them.
 *
 * Memory: a line for each such pair, at most one per row; mostly neighbours, so
 * some eight per unit.
 *
 * @throws {FeiraError} `data` when the table has no rows, or a value is NULL,
 * NaN or infinite; the message names table and column.
 * @throws {TypeError} when the map is not of these features, or there is not one
 * segment for every unit
 *
 * @example
 * ```ts
 * import { measureInWarehouse } from "feira/distributed";
 * import { openWarehouse } from "feira/warehouse";
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const workspace = openWorkspace({ root: await Deno.makeTempDir() });
 * await using warehouse = await openWarehouse(workspace);
 * await warehouse.query("create schema marts");
 * await warehouse.query("create table marts.people as select unnest([0, 2, 10, 12]) as x");
 * const scaler = {
 *   featureNames: ["x"],
 *   mean: Float64Array.of(0),
 *   scale: Float64Array.of(1),
 *   constantFeatures: [],
 * };
 * const found = await measureInWarehouse(
 *   warehouse,
 *   { dataset: "marts", table: "people", scaler },
 *   {
 *     map: { weights: Float64Array.of(0, 12), width: 2, height: 1, features: 1 },
 *     segments: Int32Array.of(0, 1),
 *   },
 * );
 * assert.equal(found.quantizationError, 1);
 * assert.equal(found.daviesBouldin, 0.2);
 * assert.deepEqual(found.segments.map(({ mean }) => [...mean]), [[1], [11]]);
 * ```
 */
export async function measureInWarehouse(
  warehouse: Warehouse,
  table: ScaledTable,
  { map, segments = new Int32Array(map.width * map.height), signal }: MeasureSpec,
): Promise<WarehouseMeasures> {
  const action = "measure map";
  assertMapFits(map, table, action);
  const k = assertSegments(segments, map, action);
  const { features: cols } = map;
  const rows = await assertNumeric(warehouse, featuresOf(table), { action, signal });
  const pairs = pairSql(warehouse, table, map);
  const { numbers } = await warehouse.columns(pairs.sql, pairs.parameters, { signal });
  const hits = new Float64Array(map.width * map.height);
  const means = new Float64Array(k * cols);
  const sizes = new Float64Array(k);
  let [distances, torn] = [0, 0];
  numbers["unit"]!.forEach((unit, at) => {
    const n = numbers["n"]![at]!;
    const segment = segments[unit]!;
    hits[unit]! += n;
    sizes[segment]! += n;
    distances += numbers["e"]![at]!;
    if (!neuronNeighbours(map, unit).includes(numbers["second"]![at]!)) torn += n;
    for (let d = 0; d < cols; d++) means[segment * cols + d]! += numbers[`s${d}`]![at]!;
  });
  means.forEach((sum, at) => means[at] = sum / sizes[Math.floor(at / cols)]!);
  const scatters = scatterSql(warehouse, table, { map, segments, means, sizes });
  const found = await warehouse.columns(scatters.sql, scatters.parameters, { signal });
  const scatter = new Float64Array(k).fill(NaN);
  found.numbers["segment"]!.forEach((segment, at) => {
    scatter[segment] = found.numbers["e"]![at]! / sizes[segment]!;
  });
  const { mean, scale } = table.scaler;
  return {
    rows,
    quantizationError: distances / rows,
    topographicError: hits.length === 1 ? NaN : torn / rows,
    hits,
    segments: Array.from(sizes, (size, segment) => ({
      rows: size,
      mean: Float64Array.from(mean, (m, d) => means[segment * cols + d]! * scale[d]! + m),
      scatter: scatter[segment]!,
    })),
    daviesBouldin: indexOf({ means, scatter, sizes, cols }),
  };
}

interface Clusters {
  readonly means: Float64Array;
  readonly scatter: Float64Array;
  readonly sizes: Float64Array;
  readonly cols: number;
}

/** Without the segments that have no rows. */
function indexOf({ means, scatter, sizes, cols }: Clusters): number {
  const isThere = (segment: number) => sizes[segment]! > 0;
  const kept = scatter.filter((_, segment) => isThere(segment));
  if (kept.length < 2) return NaN;
  return daviesBouldinOf({
    means: means.filter((_, at) => isThere(Math.floor(at / cols))),
    scatter: kept,
    cols,
  });
}

function pairSql(warehouse: Warehouse, table: ScaledTable, map: SomMap): Statement {
  const sums = Array.from({ length: map.features }, (_, d) => `sum(x${d}) as s${d}`).join(", ");
  return statement`with ${searchSql(warehouse, table, { map, second: true })}
select unit, second, count(*) as n, sum(distance) as e, ${sums} from assigned group by unit, second`;
}

/** Per segment the sum of its rows' distances to its mean. */
function scatterSql(
  warehouse: Warehouse,
  table: ScaledTable,
  { map, segments, means, sizes }:
    & Pick<Clusters, "means" | "sizes">
    & { map: SomMap; segments: Int32Array },
): Statement {
  const { float } = dialectOf(warehouse.engine);
  const cols = map.features;
  const each = (write: (d: number) => string) => Array.from({ length: cols }, (_, d) => write(d));
  const centres = [...sizes.keys()].filter((segment) => sizes[segment]! > 0).map((segment) =>
    bind(
      `select ${segment} as segment, ${each((d) => `cast(? as ${float}) as m${d}`).join(", ")}`,
      ...means.subarray(segment * cols, (segment + 1) * cols),
    )
  );
  const squared = each((d) => `(x${d} - m${d}) * (x${d} - m${d})`).join(" + ");
  return statement`with ${searchSql(warehouse, table, { map, segments })},
centres as (${join(centres, " union all ")})
select centres.segment, sum(sqrt(${squared})) as e
from assigned
join units on units.unit = assigned.unit
join centres on centres.segment = units.segment
group by centres.segment`;
}
