import { type Matrix, quantizationError, type SomMap, trainBatch, trainOnline } from "feira/som";
import fc from "fast-check";
import assert from "node:assert/strict";
import { greatestDifference, readScaled } from "./_fixtures.ts";

const ONLINE = { width: 4, height: 3, sigma: 1, learningRate: 0.5, iterations: 50 };
const BATCH = { width: 4, height: 3, epochs: 5, radiusStart: 2, radiusEnd: 0.5 };
const SMALL: Matrix = { data: Float64Array.of(0, 0, 1, 2, 3, 1, 4, 4), rows: 4, cols: 2 };

/** Batch training as its definition says it: every sample pulls every neuron. */
function trainPlainly(matrix: Matrix, start: Float64Array, spec: typeof BATCH): Float64Array {
  const { width, height, epochs, radiusStart, radiusEnd } = spec;
  const { data, rows, cols } = matrix;
  let weights = start;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const radius = radiusStart * (radiusEnd / radiusStart) ** (epoch / (epochs - 1));
    const sums = new Float64Array(weights.length);
    const shares = new Float64Array(width * height);
    for (let i = 0; i < rows; i++) {
      let best = 0;
      let nearest = Infinity;
      for (let n = 0; n < width * height; n++) {
        let squared = 0;
        for (let d = 0; d < cols; d++) {
          squared += (weights[n * cols + d]! - data[i * cols + d]!) ** 2;
        }
        if (squared < nearest) [nearest, best] = [squared, n];
      }
      for (let n = 0; n < width * height; n++) {
        const dx = Math.floor(n / height) - Math.floor(best / height);
        const dy = n % height - best % height;
        const share = Math.exp(-(dx * dx + dy * dy) / (2 * radius * radius));
        shares[n]! += share;
        for (let d = 0; d < cols; d++) sums[n * cols + d]! += share * data[i * cols + d]!;
      }
    }
    weights = sums.map((sum, at) => sum / shares[Math.floor(at / cols)]!);
  }
  return weights;
}

Deno.test("trainBatch() does what its definition says, sample by sample", async () => {
  const matrix = await readScaled("iris");
  const spec = { width: 7, height: 5, epochs: 12, radiusStart: 3, radiusEnd: 0.7 };
  const still = { ...spec, epochs: 1, radiusStart: 3, radiusEnd: 3 };
  const { weights: once } = await trainBatch(matrix, still);
  const start = await import("../../lib/som/_init_weights.ts");
  const random = new (await import("../../lib/som/_random_state.ts")).RandomState(42);
  const plane = await start.initWeights(matrix, { ...spec, init: "pca-spread", random });
  const expected = trainPlainly(matrix, plane, spec);
  assert.ok(greatestDifference((await trainBatch(matrix, spec)).weights, expected) < 1e-5);
  assert.ok(greatestDifference(once, plane) > 0.1);
});

Deno.test("trainBatch() gives the same map for rows in any order", async () => {
  const { data, rows, cols } = await readScaled("iris");
  const order = Array.from({ length: rows }, (_, i) => (i * 37) % rows);
  const mixed = Float64Array.from(
    order.flatMap((i) => [...data.subarray(i * cols, (i + 1) * cols)]),
  );
  const spec = { width: 6, height: 4, epochs: 10, radiusStart: 2, radiusEnd: 0.5 };
  const one = await trainBatch({ data, rows, cols }, spec);
  const other = await trainBatch({ data: mixed, rows, cols }, spec);
  assert.ok(greatestDifference(one.weights, other.weights) < 1e-9);
});

Deno.test("training gives the same bytes for the same seed, and others for another", async () => {
  for (const seed of [1, 2]) {
    const [one, two] = await Promise.all([
      trainOnline(SMALL, { ...ONLINE, seed }),
      trainOnline(SMALL, { ...ONLINE, seed }),
    ]);
    assert.deepEqual(one, two);
  }
  const [one, two] = await Promise.all(
    [1, 2].map((seed) => trainOnline(SMALL, { ...ONLINE, seed })),
  );
  assert.notDeepEqual(one, two);
});

Deno.test("training keeps every weight within the range of the data", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.integer({ min: -5, max: 5 })),
        {
          minLength: 1,
          maxLength: 30,
        },
      ),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 7 }),
      async (points, width, height) => {
        const matrix = { data: Float64Array.from(points.flat()), rows: points.length, cols: 2 };
        const maps: SomMap[] = [
          await trainOnline(matrix, { ...ONLINE, width, height }),
          await trainBatch(matrix, { ...BATCH, width, height }),
        ];
        const least = Math.min(...matrix.data) - 1e-9;
        const most = Math.max(...matrix.data) + 1e-9;
        for (const { weights } of maps) {
          assert.equal(weights.length, width * height * 2);
          assert.ok(weights.every((w) => w >= least && w <= most));
        }
      },
    ),
    { numRuns: 40, seed: 1 },
  );
});

Deno.test("training does not change the matrix", async () => {
  const before = SMALL.data.slice();
  await trainOnline(SMALL, ONLINE);
  await trainBatch(SMALL, BATCH);
  assert.deepEqual(SMALL.data, before);
});

Deno.test("training copes with one row, one neuron, one feature and constant columns", async () => {
  const one = { data: Float64Array.of(5), rows: 1, cols: 1 };
  const flat = { data: Float64Array.of(1, 7, 1, 7, 1, 7), rows: 3, cols: 2 };
  for (const matrix of [one, flat]) {
    for (const [width, height] of [[1, 1], [1, 5], [5, 1]] as const) {
      for (const init of ["sample", "pca", "pca-spread"] as const) {
        const batch = await trainBatch(matrix, { ...BATCH, width, height, init });
        assert.ok(await quantizationError(batch, matrix) < 1e-9);
        const online = await trainOnline(matrix, {
          ...ONLINE,
          width,
          height,
          init,
          iterations: 500,
        });
        assert.ok(await quantizationError(online, matrix) < 1e-3);
      }
    }
  }
});

Deno.test("trainOnline() refuses settings out of range and names them", async () => {
  const bad = [
    [{ width: 0 }, /width is 0, must be/],
    [{ height: 1.5 }, /height is 1.5/],
    [{ width: 2000, height: 2000 }, /4000000 neurons/],
    [{ sigma: 0 }, /sigma is 0/],
    [{ sigma: NaN }, /sigma is NaN/],
    [{ learningRate: 0 }, /learning rate is 0/],
    [{ learningRate: 1.1 }, /learning rate is 1.1/],
    [{ iterations: 0 }, /iterations is 0/],
    [{ seed: -1 }, /seed is -1/],
    [{ init: "zero" as "pca" }, /init is "zero"/],
    [{ order: "odd" as "random" }, /order is "odd"/],
  ] as const;
  for (const [change, message] of bad) {
    await assert.rejects(trainOnline(SMALL, { ...ONLINE, ...change }), (error: Error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, message);
      return true;
    });
  }
});

Deno.test("trainBatch() refuses settings out of range and names them", async () => {
  const bad = [
    [{ epochs: 0 }, /epochs is 0/],
    [{ radiusStart: -1 }, /radiusStart is -1/],
    [{ radiusEnd: 0 }, /radiusEnd is 0/],
    [{ radiusEnd: 2.1 }, /radiusEnd is 2.1, must be at most radiusStart 2/],
  ] as const;
  for (const [change, message] of bad) {
    await assert.rejects(trainBatch(SMALL, { ...BATCH, ...change }), message);
  }
});

Deno.test("training refuses a matrix that is empty, misshapen or not finite, and names the cell", async () => {
  const bad: [Matrix, RegExp][] = [
    [{ data: new Float64Array(), rows: 0, cols: 2 }, /rows is 0/],
    [{ data: Float64Array.of(1), rows: 1, cols: 2 }, /found 1 values, must be 1 rows × 2 columns/],
    [{ data: Float64Array.of(1, 2, 3, NaN), rows: 2, cols: 2 }, /NaN at row 1 column 1/],
    [{ data: Float64Array.of(1, Infinity), rows: 1, cols: 2 }, /Infinity at row 0 column 1/],
  ];
  for (const [matrix, message] of bad) {
    await assert.rejects(trainOnline(matrix, ONLINE), message);
    await assert.rejects(trainBatch(matrix, BATCH), message);
  }
});

Deno.test("training reports progress to the end and stops when aborted", async () => {
  const matrix = await readScaled("wine");
  const heard: number[] = [];
  const onProgress = ({ done, total }: { done: number; total: number }) => heard.push(done / total);
  await trainBatch(matrix, { ...BATCH, onProgress });
  assert.equal(heard.at(-1), 1);

  const controller = new AbortController();
  const long = trainOnline(matrix, {
    ...ONLINE,
    iterations: 5_000_000,
    onProgress: () => controller.abort(new Error("enough")),
    signal: controller.signal,
  });
  await assert.rejects(long, /enough/);
  await assert.rejects(trainBatch(matrix, { ...BATCH, signal: controller.signal }), /enough/);
});
