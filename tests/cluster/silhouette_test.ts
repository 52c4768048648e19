import { silhouette } from "feira/cluster";
import fc from "fast-check";
import assert from "node:assert/strict";
import {
  FIGURES,
  greatestDifference,
  makeClusters,
  silhouettesByDefinition,
  toMatrix,
} from "./_fixtures.ts";

Deno.test("silhouette() of hand-worked rows, one alone, and all the same", async () => {
  const { values, byCluster } = await silhouette(
    { data: Float64Array.of(0, 2, 10), rows: 3, cols: 1 },
    [0, 0, 1],
  );
  assert.ok(greatestDifference(values, [1 - 2 / 10, 1 - 2 / 8, 0]) < 1e-15);
  assert.ok(greatestDifference(byCluster, [(0.8 + 0.75) / 2, 0]) < 1e-15);
  const same = { data: new Float64Array(4).fill(3), rows: 4, cols: 1 };
  assert.equal((await silhouette(same, [0, 0, 1, 1])).mean, 0);
});

for (const [name, figures] of Object.entries(FIGURES.measures)) {
  Deno.test(`silhouette() agrees with scikit-learn on ${name}`, async () => {
    const { mean, values } = await silhouette(toMatrix(figures), figures.labels);
    assert.ok(Math.abs(mean - figures.silhouette) < 1e-9);
    assert.ok(greatestDifference(values, figures.values) < 1e-9);
  });
}

const clustering = fc.array(
  fc.tuple(fc.integer({ min: -9, max: 9 }), fc.double({ min: -1, max: 1, noNaN: true }), fc.nat(2)),
  { minLength: 6, maxLength: 30 },
).map((points) => ({
  matrix: {
    data: Float64Array.from(points.flatMap(([x, y]) => [x, y])),
    rows: points.length,
    cols: 2,
  },
  labels: points.map(([, , label], i) => i < 3 ? i : label),
}));

Deno.test("silhouette() does as its definition says for any rows and labels", async () => {
  await fc.assert(
    fc.asyncProperty(clustering, async ({ matrix, labels }) => {
      const { values, mean, byCluster } = await silhouette(matrix, labels);
      assert.ok(greatestDifference(values, silhouettesByDefinition(matrix, labels)) < 1e-10);
      assert.ok(values.every((value) => value >= -1 && value <= 1));
      assert.ok(Math.abs(mean - values.reduce((sum, value) => sum + value) / matrix.rows) < 1e-14);
      const second = values.filter((_, i) => labels[i] === 1);
      const ofSecond = second.reduce((sum, value) => sum + value) / second.length;
      assert.ok(Math.abs(byCluster[1]! - ofSecond) < 1e-14);
    }),
    { seed: 1, numRuns: 100 },
  );
});

Deno.test("silhouette() stays when labels are renamed, rows permuted, data moved or scaled", async () => {
  await fc.assert(
    fc.asyncProperty(clustering, fc.integer({ min: -30, max: 30 }), async (given, power) => {
      const { matrix: { data, rows, cols }, labels } = given;
      const { values, byCluster } = await silhouette(given.matrix, labels);
      const renamed = await silhouette(given.matrix, labels.map((label) => (label + 1) % 3));
      assert.ok(greatestDifference(renamed.values, values) < 1e-12);
      assert.ok(Math.abs(renamed.byCluster[1]! - byCluster[0]!) < 1e-12);

      const scaled = data.map((value) => value * 2 ** power);
      assert.deepEqual((await silhouette({ data: scaled, rows, cols }, labels)).values, values);

      const moved = data.map((value) => value + 8);
      const elsewhere = await silhouette({ data: moved, rows, cols }, labels);
      assert.ok(greatestDifference(elsewhere.values, values) < 1e-9);

      const order = Array.from({ length: rows }, (_, i) => (i * 7 + 3) % rows);
      if (new Set(order).size < rows) return;
      const permuted = await silhouette({
        data: Float64Array.from(order.flatMap((i) => [data[2 * i]!, data[2 * i + 1]!])),
        rows,
        cols,
      }, order.map((i) => labels[i]!));
      assert.ok(greatestDifference(permuted.values, order.map((i) => values[i]!)) < 1e-12);
    }),
    { seed: 2, numRuns: 60 },
  );
});

Deno.test("silhouette() has the same bits for any number of threads", async () => {
  const { matrix, labels } = makeClusters({ rows: 2500, cols: 3, k: 4 });
  const one = await silhouette(matrix, labels, { threads: 1 });
  assert.deepEqual(await silhouette(matrix, labels, { threads: 2 }), one);
  assert.deepEqual(await silhouette(matrix, labels, { threads: 5 }), one);
});

Deno.test("silhouette() refuses labels that are not a clustering", async () => {
  const six = { data: Float64Array.of(0, 1, 10, 11, 50, 52), rows: 6, cols: 1 };
  const bad: [number[], string, RegExp][] = [
    [[0, 0, 1, 1, 2], "TypeError", /found 5 labels, must be 6/],
    [[0, 0, 0, 0, 0, 0], "RangeError", /found 1 cluster, must be at least 2/],
    [[0, 0, 2, 2, 2, 2], "RangeError", /cluster 1 of 3 is empty/],
    [[0, 1, 2, 3, 4, 5], "RangeError", /found 6 clusters of 6 rows, must be fewer/],
    [[0, 0, 1, 1, 1, -1], "TypeError", /found label -1 at row 5/],
    [[0, 0.5, 1, 1, 1, 1], "TypeError", /found label 0\.5 at row 1/],
    [[0, 0, 1, NaN, 1, 1], "TypeError", /found label NaN at row 3/],
    [[0, 0, 1, 1, 1, 6], "RangeError", /found label 6 at row 5, must be below 6/],
  ];
  for (const [labels, name, message] of bad) {
    await assert.rejects(silhouette(six, labels), { name, message });
  }
  for (const threads of [0, 1.5, 65]) {
    await assert.rejects(silhouette(six, [0, 0, 0, 1, 1, 1], { threads }), {
      name: "RangeError",
      message: /threads is/,
    });
  }
});

Deno.test("silhouette() refuses values that are not finite, naming the cell, and no rows", async () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    const matrix = { data: Float64Array.of(1, 2, 3, 4, 5, value), rows: 3, cols: 2 };
    await assert.rejects(silhouette(matrix, [0, 0, 1]), {
      name: "RangeError",
      message: `Cannot measure silhouette: found ${value} at row 2 column 1, must be finite`,
    });
  }
  const none = { data: new Float64Array(), rows: 0, cols: 2 };
  await assert.rejects(silhouette(none, []), /matrix is 0 × 2/);
  const short = { data: new Float64Array(5), rows: 3, cols: 2 };
  await assert.rejects(silhouette(short, [0, 0, 1]), { name: "TypeError", message: /found 5/ });
});

Deno.test("silhouette() leaves what it is given, stops when aborted, and reports to the end", async () => {
  const { matrix, labels } = makeClusters({ rows: 60, cols: 2, k: 3 });
  const before = [matrix.data.slice(), labels.slice()];
  const heard: number[] = [];
  await silhouette(matrix, labels, { onProgress: ({ done, total }) => heard.push(done / total) });
  assert.deepEqual([matrix.data, labels], before);
  assert.equal(heard.at(-1), 1);
  await assert.rejects(
    silhouette(matrix, labels, { signal: AbortSignal.abort(new Error("enough")) }),
    /enough/,
  );
});
