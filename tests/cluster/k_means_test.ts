import { adjustedRand, elbow, kMeans, nearestCentroid } from "feira/cluster";
import fc from "fast-check";
import assert from "node:assert/strict";
import { FIGURES, greatestDifference, makeClusters, toMatrix } from "./_fixtures.ts";

const PAIRS = { data: Float64Array.of(0, 1, 10, 11, 50, 52), rows: 6, cols: 1 };

Deno.test("kMeans() finds three pairs, their centres and their inertia", async () => {
  const { labels, centroids, inertia, converged, iterations, k } = await kMeans(PAIRS, { k: 3 });
  assert.equal(adjustedRand(labels, [0, 0, 1, 1, 2, 2]), 1);
  assert.deepEqual([...centroids].sort((a, b) => a - b), [0.5, 10.5, 51]);
  assert.equal(inertia, 0.5 + 0.5 + 2);
  assert.deepEqual([converged, k], [true, 3]);
  assert.ok(iterations >= 1);
});

for (const figures of FIGURES.k_means) {
  const { rows, cols, k } = figures;
  Deno.test(`kMeans() finds scikit-learn's clusters and inertia on ${rows} × ${cols} in ${k}`, async () => {
    const { labels, inertia } = await kMeans(toMatrix(figures), { k });
    assert.equal(adjustedRand(labels, figures.labels), 1);
    assert.ok(Math.abs(inertia - figures.inertia) < 1e-9 * figures.inertia);
  });
}

Deno.test("kMeans() gives labels and inertia of its own centroids, converged or not", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 8, maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      async (values, k, maxIterations) => {
        fc.pre(new Set(values).size > 10);
        const matrix = { data: Float64Array.from(values), rows: values.length, cols: 1 };
        const fit = await kMeans(matrix, { k, maxIterations, restarts: 3 });
        const { labels, centroids, inertia, iterations } = fit;
        let sum = 0;
        values.forEach((value, i) => {
          const own = (value - centroids[labels[i]!]!) ** 2;
          assert.ok(centroids.every((c) => (value - c) ** 2 >= own));
          sum += own;
        });
        assert.ok(Math.abs(sum - inertia) <= 1e-9 * (1 + sum));
        assert.equal(new Set(labels).size, k);
        assert.ok(iterations <= maxIterations);
      },
    ),
    { seed: 1, numRuns: 60 },
  );
});

Deno.test("kMeans() converges to centroids that are their rows' means", async () => {
  const { matrix } = makeClusters({ rows: 300, cols: 3, k: 5, spread: 5 });
  const { centroids, labels, converged } = await kMeans(matrix, { k: 5 });
  assert.ok(converged);
  for (let c = 0; c < 5; c++) {
    const own = [...labels.keys()].filter((row) => labels[row] === c);
    for (let d = 0; d < 3; d++) {
      const mean = own.reduce((sum, row) => sum + matrix.data[row * 3 + d]!, 0) / own.length;
      assert.ok(Math.abs(centroids[c * 3 + d]! - mean) < 1e-12);
    }
  }
});

Deno.test("kMeans() says that it has not converged when it is cut off", async () => {
  const { matrix } = makeClusters({ rows: 400, cols: 2, k: 3, spread: 20 });
  const { converged, iterations } = await kMeans(matrix, { k: 9, maxIterations: 1, restarts: 1 });
  assert.deepEqual([converged, iterations], [false, 1]);
});

Deno.test("kMeans() is the same for a seed, and its inertia scales and stays when data moves", async () => {
  const { matrix: { data, rows, cols } } = makeClusters({ rows: 200, cols: 2, k: 4 });
  const fit = await kMeans({ data, rows, cols }, { k: 4 });
  assert.deepEqual(await kMeans({ data, rows, cols }, { k: 4 }), fit);
  const doubled = await kMeans({ data: data.map((value) => 2 * value), rows, cols }, { k: 4 });
  assert.equal(doubled.inertia, 4 * fit.inertia);
  assert.deepEqual(doubled.labels, fit.labels);
  const moved = await kMeans({ data: data.map((value) => value + 64), rows, cols }, { k: 4 });
  assert.equal(adjustedRand(moved.labels, fit.labels), 1);
  assert.ok(Math.abs(moved.inertia / fit.inertia - 1) < 1e-10);
});

Deno.test("kMeans() finds the same clusters at any scale", async () => {
  const plain = await kMeans(PAIRS, { k: 3 });
  for (const unit of [2 ** 600, 2 ** -600, 2 ** -1060]) {
    const { labels, centroids } = await kMeans(
      { ...PAIRS, data: PAIRS.data.map((value) => value * unit) },
      { k: 3 },
    );
    assert.deepEqual(labels, plain.labels);
    assert.deepEqual(centroids, plain.centroids.map((value) => value * unit));
  }
});

Deno.test("kMeans() of rows that all stand twice has twice the inertia", async () => {
  const { matrix: { data, rows, cols } } = makeClusters({ rows: 90, cols: 2, k: 3 });
  const once = await kMeans({ data, rows, cols }, { k: 3 });
  const twice = await kMeans(
    { data: Float64Array.from([...data, ...data]), rows: 2 * rows, cols },
    { k: 3 },
  );
  assert.ok(Math.abs(twice.inertia / once.inertia - 2) < 1e-10);
  assert.deepEqual(twice.labels.slice(0, rows), twice.labels.slice(rows));
});

Deno.test("kMeans() with more restarts is never worse", async () => {
  const data = Float64Array.from({ length: 300 }, (_, i) => (i * 7919) % 101 + (i % 3) * 40);
  const inertias: number[] = [];
  for (const restarts of [1, 5, 20]) {
    inertias.push((await kMeans({ data, rows: 100, cols: 3 }, { k: 6, restarts })).inertia);
  }
  assert.deepEqual(inertias, inertias.toSorted((a, b) => b - a));
});

Deno.test("kMeans() takes k = 1, k = rows, and rows that repeat", async () => {
  assert.ok(greatestDifference((await kMeans(PAIRS, { k: 1 })).centroids, [124 / 6]) < 1e-13);
  assert.equal((await kMeans(PAIRS, { k: 6 })).inertia, 0);
  const twins = { data: Float64Array.of(1, 1, 2, 2), rows: 4, cols: 1 };
  assert.equal((await kMeans(twins, { k: 2 })).inertia, 0);
  await assert.rejects(
    kMeans(twins, { k: 3 }),
    /found 2 different rows, must be at least k 3/,
  );
});

Deno.test("kMeans() refuses settings out of range and values that are not finite", async () => {
  for (const k of [0, -1, 7, 1.5, NaN]) {
    await assert.rejects(kMeans(PAIRS, { k }), { name: "RangeError", message: /must be 1\.\.6/ });
  }
  for (const change of [{ restarts: 0 }, { maxIterations: 0.5 }, { seed: NaN }]) {
    await assert.rejects(kMeans(PAIRS, { k: 2, ...change }), RangeError);
  }
  const broken = { data: Float64Array.of(1, 2, NaN, 4), rows: 2, cols: 2 };
  await assert.rejects(kMeans(broken, { k: 1 }), /found NaN at row 1 column 0/);
});

Deno.test("kMeans() and elbow() report restarts, stop when aborted, and leave the data", async () => {
  const { matrix } = makeClusters({ rows: 3000, cols: 4, k: 3 });
  const before = matrix.data.slice();
  const heard: number[] = [];
  await elbow(matrix, {
    to: 4,
    restarts: 3,
    onProgress: ({ done, total }) => heard.push(done / total),
  });
  assert.deepEqual(heard, heard.toSorted((a, b) => a - b));
  assert.equal(heard.at(-1), 1);
  assert.deepEqual(matrix.data, before);
  const controller = new AbortController();
  const running = kMeans(matrix, { k: 40, restarts: 10_000, signal: controller.signal });
  setTimeout(() => controller.abort(new Error("enough")), 60);
  await assert.rejects(running, /enough/);
  await assert.rejects(elbow(matrix, { signal: controller.signal }), /enough/);
});

Deno.test("elbow() has a point for each k, falling", async () => {
  const curve = await elbow(PAIRS, { from: 1, to: 6 });
  assert.deepEqual(curve.map(({ k }) => k), [1, 2, 3, 4, 5, 6]);
  assert.ok(curve.every(({ inertia }, i) => i === 0 || inertia <= curve[i - 1]!.inertia));
  assert.equal(curve.at(-1)!.inertia, 0);
  await assert.rejects(elbow(PAIRS, { from: 3, to: 2 }), /to is 2, must be .* at least 3/);
  await assert.rejects(elbow(PAIRS, { from: 0 }), /from is 0, must be .* at least 1/);
});

Deno.test("nearestCentroid() gives a fit's own labels to its rows, and the nearest to new ones", async () => {
  const { matrix } = makeClusters({ rows: 500, cols: 3, k: 4 });
  const fit = await kMeans(matrix, { k: 4 });
  const { labels, distances } = await nearestCentroid(fit, matrix);
  assert.deepEqual(labels, fit.labels);
  const inertia = distances.reduce((sum, distance) => sum + distance ** 2, 0);
  assert.ok(Math.abs(inertia - fit.inertia) < 1e-9 * fit.inertia);
  const between = { data: Float64Array.of(5, 4.9, 100), rows: 3, cols: 1 };
  const ties = await nearestCentroid({ k: 3, centroids: Float64Array.of(10, 0, 0) }, between);
  assert.deepEqual([...ties.labels], [0, 1, 0]);
});

Deno.test("nearestCentroid() refuses centroids of other columns, and values that are not finite", async () => {
  const row = { data: Float64Array.of(1, 2), rows: 1, cols: 2 };
  await assert.rejects(nearestCentroid({ k: 2, centroids: Float64Array.of(1, 2) }, row), {
    name: "TypeError",
    message: /in centroids: found 2 values, must be 2 rows × 2 columns/,
  });
  await assert.rejects(
    nearestCentroid({ k: 1, centroids: Float64Array.of(1, NaN) }, row),
    /in centroids: found NaN at row 0 column 1/,
  );
  const signal = AbortSignal.abort(new Error("enough"));
  const fit = { k: 1, centroids: Float64Array.of(1, 2) };
  await assert.rejects(nearestCentroid(fit, row, { signal }), /enough/);
});

Deno.test("kMeans() keeps what it finds from a given start when that is better", async () => {
  const { matrix } = makeClusters({ rows: 300, cols: 2, k: 9, spread: 4 });
  const best = await kMeans(matrix, { k: 9, restarts: 40 });
  const from = { k: 9, restarts: 1, seed: 3 };
  const without = await kMeans(matrix, from);
  const withStart = await kMeans(matrix, { ...from, start: best.centroids });
  assert.ok(withStart.inertia <= Math.min(without.inertia, best.inertia * (1 + 1e-12)));
  // A bad one does no harm.
  const start = Float64Array.from({ length: 18 }, (_, at) => at);
  assert.ok((await kMeans(matrix, { ...from, start })).inertia <= without.inertia);
  await assert.rejects(kMeans(matrix, { ...from, start: start.subarray(2) }), TypeError);
});
