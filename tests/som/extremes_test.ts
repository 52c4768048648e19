import {
  bestMatchingUnits,
  explainedVariance,
  type Matrix,
  type SomMap,
  trainBatch,
  trainOnline,
} from "feira/som";
import assert from "node:assert/strict";
import { withEngine } from "../../lib/som/_engine.ts";
import { randomMatrix, readScaled } from "./_fixtures.ts";

const GRID = { width: 6, height: 5 };
const BATCH = { ...GRID, epochs: 4, radiusStart: 2, radiusEnd: 0.5 };
const ONLINE = { ...GRID, iterations: 300, sigma: 1, learningRate: 0.5 };

for (const [width, height] of [[1, 1], [1, 7], [2, 2], [200, 1], [1, 130]] as const) {
  Deno.test(`a map of ${width} × ${height} is the same with the kernel and without, on rows of any width`, async () => {
    for (const topology of ["rectangular", "hexagonal"] as const) {
      for (const [rows, cols] of [[1, 1], [3, 2], [20, 40]] as const) {
        const matrix = randomMatrix(rows, cols);
        const grid = { width, height, topology };
        const run = async () => {
          const batch = await trainBatch(matrix, { ...BATCH, ...grid });
          const online = await trainOnline(matrix, { ...ONLINE, ...grid, learningRate: 1 });
          return { batch, online, units: await bestMatchingUnits(batch, matrix) };
        };
        assert.deepEqual(await withEngine("kernel", run), await withEngine("plain", run));
      }
    }
  });
}

Deno.test("trainOnline() refuses what float32 cannot compare, in rows and in a start, and names the cell", async () => {
  const matrix = randomMatrix(20, 3);
  const at = (index: number, value: number) => matrix.data.with(index, value);
  const far = { ...matrix, data: at(7, -1.1e17) };
  const spec = { ...ONLINE, precision: "float32" } as const;
  const message =
    /found -110000000000000000 at row 2 column 1, must be .* 100000000000000000 at most in float32/;
  await assert.rejects(trainOnline(far, spec), { name: "RangeError", message });
  await trainOnline(far, ONLINE);
  const start = await trainOnline(far, ONLINE);
  const init = { ...start, weights: start.weights.with(4, 1e18) };
  await assert.rejects(trainOnline(matrix, { ...spec, init }), /at neuron 1 feature 1/);
  const most = { ...matrix, data: at(7, 1e17) };
  const both = await Promise.all([
    withEngine("kernel", () => trainOnline(most, spec)),
    withEngine("plain", () => trainOnline(most, spec)),
  ]);
  for (const { weights } of both) assert.ok(weights.every(Number.isFinite));
});

Deno.test("a principal plane scales with the data, up to the greatest and down to the least", async () => {
  const matrix = randomMatrix(40, 3);
  const plain = await trainBatch(matrix, BATCH);
  for (const exponent of [-1000, -500, 200, 500]) {
    const scale = 2 ** exponent;
    const scaled = { ...matrix, data: matrix.data.map((value) => value * scale) };
    const { weights } = await trainBatch(scaled, BATCH);
    const back = weights.map((weight) => weight / scale);
    // Squares of distances vanish below, so that best units are others there: only the start scales.
    if (exponent > -500) assert.deepEqual(back, plain.weights, `2^${exponent}`);
    assert.ok(back.every((weight) => Math.abs(weight) < 10), `2^${exponent}`);
  }
});

Deno.test("explainedVariance() is the same at any scale that distances know", async () => {
  const matrix = randomMatrix(40, 3);
  const map = await trainBatch(matrix, BATCH);
  const scaleBy = (scale: number): [SomMap, Matrix] => [
    { ...map, weights: map.weights.map((weight) => weight * scale) },
    { ...matrix, data: matrix.data.map((value) => value * scale) },
  ];
  const expected = await explainedVariance(map, matrix);
  for (const exponent of [-400, 504]) {
    assert.equal(await explainedVariance(...scaleBy(2 ** exponent)), expected, `2^${exponent}`);
  }
});

Deno.test("trainBatch() takes weights of rows in proportion, up to the greatest and down to the least", async () => {
  const matrix = randomMatrix(20, 3);
  const weights = Float64Array.from({ length: 20 }, (_, i) => 1 + i % 4);
  for (const init of ["sample", "pca-spread"] as const) {
    const expected = await trainBatch(matrix, { ...BATCH, init, weights });
    for (const exponent of [-1074, -500, 500, 1021]) {
      const scaled = weights.map((weight) => weight * 2 ** exponent);
      assert.deepEqual(await trainBatch(matrix, { ...BATCH, init, weights: scaled }), expected);
    }
  }
});

Deno.test("training and search run in plain TypeScript, to the same bits, where vectors are missing", async () => {
  const matrix = await readScaled("iris");
  const run = async () => {
    const map = await trainBatch(matrix, BATCH);
    const online = await trainOnline(matrix, ONLINE);
    const single = await trainOnline(matrix, { ...ONLINE, precision: "float32" });
    return { map, online, single, units: await bestMatchingUnits(map, matrix) };
  };
  const expected = await run();
  const { validate, Instance } = WebAssembly;
  let instances = 0;
  try {
    WebAssembly.validate = () => false;
    WebAssembly.Instance = new Proxy(Instance, {
      construct: () => {
        instances++;
        throw new Error("no vectors");
      },
    });
    assert.deepEqual(await run(), expected);
    assert.equal(instances, 0);
  } finally {
    Object.assign(WebAssembly, { validate, Instance });
  }
});
