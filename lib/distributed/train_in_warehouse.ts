import { moveNeurons, radiusAt, type RadiusSpec, type SomMap } from "feira/som";
import type { QueryOptions, Warehouse } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import { assertMapFits } from "./_check_map.ts";
import { assertNumeric, featuresOf } from "./_check_table.ts";
import { searchSql } from "./_search_sql.ts";
import { type Statement, statement } from "./_statement.ts";
import type { ScaledTable } from "./feature_table.ts";

/** An epoch that is done. */
export interface WarehouseEpoch {
  /** 0..epochs - 1 */
  readonly epoch: number;
  /** Sigma of the gaussian, in neurons. */
  readonly radius: number;
  /** Mean distance of the rows to their best units before the neurons moved. */
  readonly quantizationError: number;
  /** Of the statement and of moving the neurons. */
  readonly seconds: number;
}

/** Settings of {@linkcode trainInWarehouse}. */
export interface WarehouseTrainingSpec extends RadiusSpec, QueryOptions {
  /** The map to go on from, of as many features as the scaler names. */
  start: SomMap;
  /** Told of every epoch. */
  onEpoch?: (done: WarehouseEpoch) => void;
}

/**
 * Trains a map on all rows of a table without one of them leaving the
 * warehouse: `trainBatch` of `feira/som` from a given map, within 1e-9.
 *
 * Each epoch is one statement, which finds every row's best unit and returns per
 * unit the number of its rows and the sums of their features; from these the
 * neurons are moved here by `moveNeurons`. The map goes along as a parameter;
 * nothing is written. One more statement before looks for values that are no
 * numbers.
 *
 * Start from a map that was trained on a sample (`sampleRows`, `trainBatch`) and
 * few epochs of a small radius are needed, each of which compares a row with
 * few units; from a principal plane with a large radius neurons are near each
 * other, and rows are compared with nearly all of them.
 *
 * Memory here: units × (features + 1) numbers, and some 1,600 bytes of text per
 * unit, so that BigQuery, which takes requests of 10 MB, takes some 6,000 units. In the warehouse: O(rows · √units) comparisons, or more, see above.
 *
 * @throws {FeiraError} `data` when the table has no rows, or a value is NULL,
 * NaN or infinite; the message names table and column.
 * @throws {TypeError | RangeError} when the map is not of these features, or a
 * setting is out of range
 * @throws the signal's reason when it was aborted
 *
 * @example
 * ```ts
 * import { trainInWarehouse } from "feira/distributed";
 * import { openWarehouse } from "feira/warehouse";
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const workspace = openWorkspace({ root: await Deno.makeTempDir() });
 * await using warehouse = await openWarehouse(workspace);
 * await warehouse.query("create schema marts");
 * await warehouse.query("create table marts.people as select unnest([1, 2, 10]) as x");
 * const scaler = {
 *   featureNames: ["x"],
 *   mean: Float64Array.of(0),
 *   scale: Float64Array.of(1),
 *   constantFeatures: [],
 * };
 * const map = await trainInWarehouse(warehouse, { dataset: "marts", table: "people", scaler }, {
 *   start: { weights: Float64Array.of(0, 9), width: 2, height: 1, features: 1 },
 *   ...{ epochs: 1, radiusStart: 0.01, radiusEnd: 0.01 },
 * });
 * assert.deepEqual([...map.weights], [1.5, 10]);
 * ```
 */
export async function trainInWarehouse(
  warehouse: Warehouse,
  table: ScaledTable,
  spec: WarehouseTrainingSpec,
): Promise<SomMap> {
  const { start, epochs, onEpoch, signal } = spec;
  const action = "train map";
  radiusAt(0, spec);
  assertMapFits(start, table, action);
  const rows = await assertNumeric(warehouse, featuresOf(table), { action, signal });
  let map = start;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const started = performance.now();
    const radius = radiusAt(epoch, spec);
    const { sql, parameters } = epochSql(warehouse, table, map);
    const { numbers } = await warehouse.columns(sql, parameters, { signal });
    const { sums, counted, distances } = toSums(numbers, map);
    if (counted !== rows) {
      throw new FeiraError(
        "data",
        `Cannot ${action} of ${table.dataset}.${table.table}: found ${counted} rows in epoch ${epoch}, must be ${rows} as at the start`,
      );
    }
    map = moveNeurons(map, sums, radius);
    onEpoch?.({
      epoch,
      radius,
      quantizationError: distances / rows,
      seconds: (performance.now() - started) / 1000,
    });
  }
  return map;
}

/** One epoch's statement: per unit its rows, their distances' sum and their features' sums. */
function epochSql(warehouse: Warehouse, table: ScaledTable, map: SomMap): Statement {
  const sums = Array.from({ length: map.features }, (_, d) => `sum(x${d}) as s${d}`).join(", ");
  return statement`with ${searchSql(warehouse, table, { map })}
select unit, count(*) as n, sum(distance) as e, ${sums} from assigned group by unit`;
}

function toSums(
  numbers: Readonly<Record<string, Float64Array>>,
  { width, height, features }: SomMap,
) {
  const sums = new Float64Array(width * height * (features + 1));
  numbers["unit"]!.forEach((unit, row) => {
    const at = unit * (features + 1);
    for (let d = 0; d < features; d++) sums[at + d] = numbers[`s${d}`]![row]!;
    sums[at + features] = numbers["n"]![row]!;
  });
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  return { sums, counted: total(numbers["n"]!), distances: total(numbers["e"]!) };
}
