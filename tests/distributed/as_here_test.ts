import { trainInWarehouse } from "feira/distributed";
import { type Grid, type SomMap, trainBatch } from "feira/som";
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  DATASET,
  drawsTheStatedSample,
  fitsScalerAsHere,
  GRIDS,
  heaps,
  lattice,
  load,
  measuresAsHere,
  near,
  scoresAsHere,
  toMatrix,
  trainsAsHere,
} from "./_suite.ts";
import { withDuckDb } from "./_warehouse.ts";

for (const [name, grid] of Object.entries(GRIDS)) {
  Deno.test(`trainInWarehouse() does as trainBatch() on ${name}`, () =>
    withDuckDb(async (warehouse) => {
      await trainsAsHere(warehouse, heaps(300), grid);
      await trainsAsHere(warehouse, lattice(120), grid);
    }));

  Deno.test(`scoreInWarehouse() does as bestMatchingUnits() on ${name}`, () =>
    withDuckDb(async (warehouse) => {
      await scoresAsHere(warehouse, heaps(300), grid);
      await scoresAsHere(warehouse, lattice(120), grid);
    }));

  Deno.test(`measureInWarehouse() does as the measures of som and cluster on ${name}`, () =>
    withDuckDb((warehouse) => measuresAsHere(warehouse, heaps(300), grid)));
}

Deno.test("trainInWarehouse() does as trainBatch() on one row, and with more units than rows", () =>
  withDuckDb(async (warehouse) => {
    await trainsAsHere(warehouse, toMatrix(Float64Array.of(1, 2, 3), 3), { width: 3, height: 2 });
    await trainsAsHere(warehouse, heaps(7), { width: 6, height: 5 });
  }));

Deno.test("fitScalerInWarehouse() does as fitScaler(), also far from 0 and for constants", () =>
  withDuckDb(async (warehouse) => {
    await fitsScalerAsHere(warehouse, heaps(500));
    await fitsScalerAsHere(warehouse, toMatrix(Float64Array.of(1, 5, 0.1, 2, 5, 0.1), 3));
    const far = Float64Array.from({ length: 600 }, (_, at) => 1e9 + at % 7 / 8);
    await fitsScalerAsHere(warehouse, toMatrix(far, 3));
  }));

Deno.test("sampleRows() draws the rows with the lowest MD5 of seed and key", () =>
  withDuckDb(drawsTheStatedSample));

/** A map of whole numbers, in which units may be the same. */
function mapOf(weights: readonly number[], isHexagonal: boolean): SomMap {
  return {
    weights: Float64Array.from(weights),
    ...{ width: weights.length / 6, height: 3, features: 2 },
    ...(isHexagonal ? { topology: "hexagonal" } : {}),
  };
}

function gridOf({ width, height, topology }: SomMap): Grid {
  return { width, height, ...(topology === undefined ? {} : { topology }) };
}

Deno.test("trainInWarehouse() does as trainBatch() on any map and rows, ties to the lowest unit", () =>
  withDuckDb((warehouse) => {
    const whole = fc.integer({ min: -4, max: 4 });
    const many = (least: number, most: number, by: number) =>
      fc.integer({ min: least, max: most }).chain((n) =>
        fc.array(whole, { minLength: n * by, maxLength: n * by })
      );
    return fc.assert(
      fc.asyncProperty(
        many(1, 30, 6),
        many(1, 25, 2),
        fc.boolean(),
        async (weights, values, hex) => {
          const matrix = toMatrix(Float64Array.from(values), 2);
          await load(warehouse, "any_rows", matrix);
          const scaler = {
            featureNames: ["f0", "f1"],
            mean: new Float64Array(2),
            scale: Float64Array.of(1, 1),
            constantFeatures: [],
          };
          const start = mapOf(weights, hex);
          const spec = { epochs: 1, radiusStart: 0.7, radiusEnd: 0.7 };
          const source = { dataset: DATASET, table: "any_rows", scaler };
          const map = await trainInWarehouse(warehouse, source, { start, ...spec });
          const expected = await trainBatch(matrix, { ...gridOf(start), ...spec, init: start });
          near(map.weights, expected.weights, 1e-12);
          assert.deepEqual([...start.weights], weights);
        },
      ),
      { numRuns: 40, seed: 42 },
    );
  }));
