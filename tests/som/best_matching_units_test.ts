import {
  bestMatchingUnits,
  type Matrix,
  quantizationError,
  type SomMap,
  topographicError,
} from "feira/som";
import fc from "fast-check";
import assert from "node:assert/strict";
import { Search } from "../../lib/som/search/search.ts";
import { Tiles } from "../../lib/som/search/tiles.ts";

/** Sorts all neurons by distance and index. */
function searchPlainly({ weights, features }: SomMap, x: Float64Array) {
  const neurons = Array.from({ length: weights.length / features }, (_, neuron) => {
    let squared = 0;
    for (let d = 0; d < features; d++) squared += (weights[neuron * features + d]! - x[d]!) ** 2;
    return { neuron, squared };
  });
  return neurons.sort((a, b) => a.squared - b.squared || a.neuron - b.neuron);
}

/** Few different values make ties and duplicates; great and tiny ones make rounding. */
const value = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom(0, 1e-160, 1e-8, 0.1, 1 / 3, 1e8, -1e150),
  fc.double({ min: -3, max: 3, noNaN: true }),
);

const problem = fc.record({
  width: fc.integer({ min: 1, max: 11 }),
  height: fc.integer({ min: 1, max: 11 }),
  features: fc.integer({ min: 1, max: 5 }),
  rows: fc.integer({ min: 1, max: 12 }),
}).chain(({ width, height, features, rows }) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    features: fc.constant(features),
    weights: fc.array(value, {
      minLength: width * height * features,
      maxLength: width * height * features,
    }),
    data: fc.array(value, { minLength: rows * features, maxLength: rows * features }),
  })
);

Deno.test("bestMatchingUnits() finds what a plain search finds, ties and rounding included", async () => {
  await fc.assert(
    fc.asyncProperty(problem, async ({ width, height, features, weights, data }) => {
      const map = { width, height, features, weights: Float64Array.from(weights) };
      const matrix = {
        data: Float64Array.from(data),
        rows: data.length / features,
        cols: features,
      };
      const { bmu, second, distance } = await bestMatchingUnits(map, matrix);
      const tiles = new Tiles(map, features);
      tiles.fit(map.weights);
      const search = new Search(tiles, map.weights);
      for (let i = 0; i < matrix.rows; i++) {
        const [best, next] = searchPlainly(map, matrix.data.subarray(i * features));
        assert.equal(bmu[i], best!.neuron);
        assert.equal(second[i], next?.neuron ?? -1);
        assert.equal(distance[i], Math.sqrt(best!.squared));
        for (const warm of [-1, 0, width * height - 1]) {
          assert.equal(search.nearest(matrix.data, i * features, warm), best!.neuron);
        }
      }
    }),
    { numRuns: 150, seed: 1 },
  );
});

const LINE: SomMap = { weights: Float64Array.of(0, 1, 2, 3), width: 4, height: 1, features: 1 };

Deno.test("quantizationError() and topographicError() take units that were found before", async () => {
  const matrix: Matrix = { data: Float64Array.of(0.25, 2.75), rows: 2, cols: 1 };
  const units = await bestMatchingUnits(LINE, matrix);
  assert.equal(await quantizationError(LINE, matrix, { units }), 0.25);
  assert.equal(await topographicError(LINE, matrix, { units }), 0);
  const fewer = { data: Float64Array.of(1), rows: 1, cols: 1 };
  await assert.rejects(quantizationError(LINE, fewer, { units }), /units are of 2 rows/);
});

Deno.test("topographicError() takes diagonal neighbours for adjacent, a knight's move not", async () => {
  const map = { width: 3, height: 3, features: 1, weights: new Float64Array(9).fill(9) };
  const matrix = { data: Float64Array.of(0), rows: 1, cols: 1 };
  map.weights[0] = 0;
  for (
    const [neuron, expected] of [[1, 0], [3, 0], [4, 0], [5, 1], [7, 1], [8, 1], [2, 1]] as const
  ) {
    const weights = map.weights.slice();
    weights[neuron] = 1;
    assert.equal(await topographicError({ ...map, weights }, matrix), expected, `neuron ${neuron}`);
  }
});

Deno.test("topographicError() refuses a map of one neuron", async () => {
  const map = { weights: Float64Array.of(1), width: 1, height: 1, features: 1 };
  const matrix = { data: Float64Array.of(1), rows: 1, cols: 1 };
  await assert.rejects(topographicError(map, matrix), RangeError);
});

Deno.test("bestMatchingUnits() refuses other columns than the map has", async () => {
  const matrix = { data: Float64Array.of(1, 2), rows: 1, cols: 2 };
  await assert.rejects(bestMatchingUnits(LINE, matrix), /2 columns, must be the map's 1 features/);
});
