import {
  fitScalerInWarehouse,
  measureInWarehouse,
  sampleRows,
  scoreInWarehouse,
  trainInWarehouse,
} from "feira/distributed";
import { type Warehouse, WarehouseError } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import assert from "node:assert/strict";
import { withDuckDb } from "./_warehouse.ts";

const scaler = {
  featureNames: ["x", "y"],
  mean: new Float64Array(2),
  scale: Float64Array.of(1, 1),
  constantFeatures: [],
};
const map = { weights: Float64Array.of(0, 0, 1, 1), width: 2, height: 1, features: 2 };
const radii = { epochs: 1, radiusStart: 1, radiusEnd: 1 };

/** Everything that reads a table. */
function readers(warehouse: Warehouse, table: string): Record<string, () => Promise<unknown>> {
  const source = { dataset: "marts", table, scaler };
  const features = { dataset: "marts", table, features: ["x", "y"] };
  const segments = Int32Array.of(0, 1);
  const into = { dataset: "marts", table: "scores" };
  return {
    "fit scaler": () => fitScalerInWarehouse(warehouse, features),
    "draw sample": () => sampleRows(warehouse, features, { key: "id", size: 2 }),
    "train map": () => trainInWarehouse(warehouse, source, { start: map, ...radii }),
    "score rows": () => scoreInWarehouse(warehouse, source, { map, segments, key: "id", into }),
    "measure map": () => measureInWarehouse(warehouse, source, { map, segments }),
  };
}

async function withTables(test: (warehouse: Warehouse) => Promise<void>): Promise<void> {
  await withDuckDb(async (warehouse) => {
    await warehouse.query("create schema marts");
    await warehouse.query("create table marts.none (id integer, x double, y double)");
    await warehouse.query(
      "create table marts.holes as select 1 as id, 1.0 as x, 2.0 as y union all select 2, 1.0, null",
    );
    await warehouse.query(
      "create table marts.boundless as select 1 as id, 'inf'::double as x, 2.0 as y",
    );
    await warehouse.query("create table marts.words as select 1 as id, 'many' as x, 2.0 as y");
    await test(warehouse);
  });
}

Deno.test("a NULL, an infinite value and no rows are refused by table and column", () =>
  withTables(async (warehouse) => {
    const refusals = {
      holes: "found y NULL in 1 rows, must be a number in every row",
      boundless: "found x NaN or infinite in 1 rows, must be finite",
      none: "found no rows, must be at least one",
    };
    for (const [table, why] of Object.entries(refusals)) {
      for (const [action, read] of Object.entries(readers(warehouse, table))) {
        await assert.rejects(read, (error: FeiraError) => {
          assert.ok(error instanceof FeiraError);
          assert.deepEqual(
            [error.kind, error.message],
            ["data", `Cannot ${action} of marts.${table}: ${why}`],
          );
          return true;
        });
      }
    }
    assert.deepEqual(
      (await warehouse.listTables("marts")).map(({ name }) => name),
      ["boundless", "holes", "none", "words"],
    );
  }));

Deno.test("a table that is not there, and texts, are the engine's to refuse", () =>
  withTables(async (warehouse) => {
    for (const table of ["nowhere", "words"]) {
      for (const read of Object.values(readers(warehouse, table))) {
        await assert.rejects(read, WarehouseError);
      }
    }
  }));

Deno.test("a map of other features, and segments of another map, are refused", () =>
  withTables(async (warehouse) => {
    const source = { dataset: "marts", table: "holes", scaler };
    const narrow = { weights: Float64Array.of(0, 1), width: 2, height: 1, features: 1 };
    const into = { dataset: "marts", table: "scores" };
    for (const start of [narrow, { ...map, weights: Float64Array.of(0, 0, NaN, 1) }]) {
      await assert.rejects(trainInWarehouse(warehouse, source, { start, ...radii }), TypeError);
    }
    for (const segments of [Int32Array.of(0), Int32Array.of(0, -1)]) {
      const scoring = { map, segments, key: "id", into };
      await assert.rejects(scoreInWarehouse(warehouse, source, scoring), TypeError);
      await assert.rejects(measureInWarehouse(warehouse, source, { map, segments }), TypeError);
    }
    for (const wrong of [{ epochs: 0 }, { radiusStart: 0 }, { radiusEnd: 2 }]) {
      const spec = { start: map, ...radii, ...wrong };
      await assert.rejects(trainInWarehouse(warehouse, source, spec), RangeError);
    }
  }));

Deno.test("sampleRows() refuses sizes, seeds and keys that tell nothing apart", () =>
  withTables(async (warehouse) => {
    const source = { dataset: "marts", table: "twins", features: ["x"] };
    await warehouse.query(
      "create table marts.twins as select unnest(['a', 'a']) as id, null as nobody, 1.0 as x",
    );
    for (const wrong of [{ size: 0 }, { size: 1.5 }, { seed: 0.5 }]) {
      const draw = sampleRows(warehouse, source, { key: "id", size: 1, ...wrong });
      await assert.rejects(draw, RangeError);
    }
    const draw = (key: string) => sampleRows(warehouse, source, { key, size: 9 });
    await assert.rejects(draw("id"), /marts\.twins: found id "a" twice/);
    await assert.rejects(draw("nobody"), /found nobody NULL or empty/);
    await assert.rejects(
      fitScalerInWarehouse(warehouse, { ...source, features: [] }),
      /found no features, must be at least 1/,
    );
  }));

Deno.test("what is aborted ends with the signal's reason", () =>
  withTables(async (warehouse) => {
    await warehouse.query("create table marts.some as select 1.0 as x, 2.0 as y");
    const stopped = AbortSignal.abort(new Error("stopped"));
    const source = { dataset: "marts", table: "some", scaler };
    const spec = { start: map, ...radii, signal: stopped };
    await assert.rejects(trainInWarehouse(warehouse, source, spec), /stopped/);
  }));

Deno.test("columns are found by whatever name they have", () =>
  withTables(async (warehouse) => {
    await warehouse.query(
      `create table marts.odd as select 'k' as "the key", 3 as "order by", 5 as "a ""b"""`,
    );
    const odd = { ...scaler, featureNames: ["order by", 'a "b"'] };
    const source = { dataset: "marts", table: "odd", scaler: odd };
    const found = await fitScalerInWarehouse(warehouse, { ...source, features: odd.featureNames });
    assert.deepEqual([...found.mean], [3, 5]);
    await scoreInWarehouse(warehouse, source, {
      map: { ...map, weights: Float64Array.of(0, 1, 3, 5) },
      ...{ segments: Int32Array.of(0, 1), key: "the key" },
      into: { dataset: "marts", table: "scores" },
    });
    assert.deepEqual(await warehouse.query("select * from marts.scores"), [
      { "the key": "k", unit: 1, distance: 0, segment: 1 },
    ]);
  }));
