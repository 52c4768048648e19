import {
  bestMatchingUnits,
  hitMap,
  quantizationError,
  topographicError,
  trainOnline,
  uMatrix,
} from "feira/som";
import assert from "node:assert/strict";
import { RandomState } from "../../lib/som/_random_state.ts";
import { FIGURES, greatestDifference, readScaled } from "./_fixtures.ts";

const TOLERANCE = 1e-12;

for (const name of ["iris", "wine"] as const) {
  const expected = FIGURES[name].som;

  Deno.test(`trainOnline() reproduces MiniSom's errors on ${name}`, async () => {
    const matrix = await readScaled(name);
    const map = await trainOnline(matrix, {
      width: 8,
      height: 8,
      sigma: 1.2,
      learningRate: 0.15,
      iterations: 10_000,
      seed: 42,
    });
    const qe = await quantizationError(map, matrix);
    const te = await topographicError(map, matrix);
    assert.ok(Math.abs(qe - expected.guide_8x8.qe) < TOLERANCE, `qe ${qe}`);
    assert.ok(Math.abs(te - expected.guide_8x8.te) < TOLERANCE, `te ${te}`);
  });

  Deno.test(`trainOnline() reproduces MiniSom's weights from samples in random order on ${name}`, async () => {
    const matrix = await readScaled(name);
    const map = await trainOnline(matrix, {
      width: 5,
      height: 3,
      sigma: 1,
      learningRate: 0.5,
      iterations: 1_000,
      seed: 7,
    });
    const { weights, qe, te, u_sum, u_mean, hits } = expected.sample_random_5x3;
    assert.ok(greatestDifference(map.weights, weights) < TOLERANCE);
    const units = await bestMatchingUnits(map, matrix);
    assert.ok(Math.abs(await quantizationError(map, matrix, { units }) - qe) < TOLERANCE);
    assert.ok(Math.abs(await topographicError(map, matrix, { units }) - te) < TOLERANCE);
    assert.ok(greatestDifference(uMatrix(map), u_sum) < TOLERANCE);
    assert.ok(greatestDifference(uMatrix(map, { scaling: "mean" }), u_mean) < TOLERANCE);
    assert.deepEqual([...hitMap(map, units)], hits);
  });

  Deno.test(`trainOnline() reproduces MiniSom's weights from a plane in row order on ${name}`, async () => {
    const matrix = await readScaled(name);
    const map = await trainOnline(matrix, {
      width: 6,
      height: 4,
      sigma: 1.5,
      learningRate: 0.3,
      iterations: 700,
      seed: 3,
      init: "pca",
      order: "sequential",
    });
    const { weights, qe, te } = expected.pca_sequential_6x4;
    assert.ok(greatestDifference(map.weights, weights) < TOLERANCE);
    assert.ok(Math.abs(await quantizationError(map, matrix) - qe) < TOLERANCE);
    assert.ok(Math.abs(await topographicError(map, matrix) - te) < TOLERANCE);
  });
}

Deno.test("RandomState draws, chooses and shuffles as numpy's", () => {
  const { doubles, below_150, shuffled_10 } = FIGURES.random_state_42;
  const state = new RandomState(42);
  assert.deepEqual(doubles.map(() => state.double()), doubles);
  assert.deepEqual(below_150.map(() => state.upTo(149)), below_150);
  const items = Int32Array.from({ length: 10 }, (_, i) => i);
  state.shuffle(items);
  assert.deepEqual([...items], shuffled_10);
});

Deno.test("RandomState refuses a seed that numpy would", () => {
  for (const seed of [-1, 0.5, 2 ** 32, NaN]) {
    assert.throws(() => new RandomState(seed), RangeError);
  }
});
