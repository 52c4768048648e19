import { estimateSilhouette, type Matrix, silhouette } from "feira/cluster";
import fc from "fast-check";
import assert from "node:assert/strict";
import { centredRows } from "../../lib/cluster/_centred_rows.ts";
import { sortRows } from "../../lib/cluster/_sorted_rows.ts";
import { FIGURES, greatestDifference, irregular, makeClusters, toMatrix } from "./_fixtures.ts";

const SINGLE = { precision: "float32" } as const;

for (const [name, figures] of Object.entries(FIGURES.measures)) {
  Deno.test(`silhouette() in float32 agrees with scikit-learn to 2e-7 on ${name}`, async () => {
    const { mean, values } = await silhouette(toMatrix(figures), figures.labels, SINGLE);
    assert.ok(Math.abs(mean - figures.silhouette) < 1e-7, `mean ${mean}, ${figures.silhouette}`);
    const greatest = greatestDifference(values, figures.values);
    assert.ok(greatest < 2e-7, `${greatest}`);
  });
}

/** What silhouette() states of data that is hard: how far off values and means are. */
const HARD: Record<
  string,
  { make: (label: number, draw: () => number) => number; value?: number; mean?: number }
> = {
  "far from the origin": { make: (label, draw) => 1e9 + 4 * label + draw() },
  "huge": { make: (label, draw) => 1e307 * (label + draw()) },
  "tiny": { make: (label, draw) => 1e-300 * (label + draw()) },
  "overlapping": { make: (label, draw) => label / 4 + draw() },
  "of whole numbers": { make: (label, draw) => label + Math.floor(draw() * 3) },
  "heavy-tailed": { make: (label, draw) => Math.exp(12 * draw() + label) },
  "with rows far out": {
    make: (label, draw) => (label + draw()) * (draw() < 0.001 ? 1e5 : 1),
    value: 4e-7,
    mean: 2e-8,
  },
  "two clusters at 1e-4 of the distance of a third": {
    make: (label, draw) => label === 2 ? 1 + draw() : 1e-4 * (label + draw()),
    value: 1e-3,
    mean: 1e-5,
  },
};

for (const [name, { make, value = 1e-7, mean = 1e-8 }] of Object.entries(HARD)) {
  Deno.test(`silhouette() in float32 keeps ${value} of values and ${mean} of the mean on data that is ${name}`, async () => {
    const { matrix, labels } = makeHard(make);
    const exact = await silhouette(matrix, labels);
    const single = await silhouette(matrix, labels, SINGLE);
    const greatest = greatestDifference(single.values, exact.values);
    assert.ok(greatest < value, `value ${greatest}`);
    const apart = Math.abs(single.mean - exact.mean);
    assert.ok(apart < mean, `mean ${apart}`);
    assert.notEqual(single.mean, exact.mean);
  });
}

function makeHard(
  make: (label: number, draw: () => number) => number,
): { matrix: Matrix; labels: Int32Array } {
  const numbers = irregular(9);
  const draw = () => numbers.next().value;
  const [rows, cols] = [3000, 5];
  const labels = Int32Array.from({ length: rows }, (_, i) => i % 3);
  const data = Float64Array.from(
    { length: rows * cols },
    (_, at) => make(labels[Math.floor(at / cols)]!, draw),
  );
  return { matrix: { data, rows, cols }, labels };
}

Deno.test("silhouette() in float32 is as near as its bound says for any rows", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -1000, max: 1000 })),
        {
          minLength: 6,
          maxLength: 30,
        },
      ),
      async (points) => {
        // A third column far enough apart, so that no distance between clusters is small.
        const data = Float64Array.from(points.flatMap(([x, y], i) => [x, y / 1000, 20 * (i % 3)]));
        const matrix = { data, rows: points.length, cols: 3 };
        const labels = points.map((_, i) => i % 3);
        const exact = await silhouette(matrix, labels);
        const single = await silhouette(matrix, labels, SINGLE);
        assert.ok(greatestDifference(single.values, exact.values) < 2e-6);
      },
    ),
    { seed: 4, numRuns: 60 },
  );
});

Deno.test("silhouette() in float32 has the same bits for any number of threads and any scale", async () => {
  const { matrix, labels } = makeClusters({ rows: 2500, cols: 3, k: 4 });
  const one = await silhouette(matrix, labels, { ...SINGLE, threads: 1 });
  assert.deepEqual(await silhouette(matrix, labels, { ...SINGLE, threads: 2 }), one);
  assert.deepEqual(await silhouette(matrix, labels, { ...SINGLE, threads: 5 }), one);
  const data = matrix.data.map((value) => value * 2 ** 500);
  assert.deepEqual(await silhouette({ ...matrix, data }, labels, SINGLE), one);
});

Deno.test("estimateSilhouette() in float32 is near the one in float64, and exact within the limit", async () => {
  const { matrix, labels } = makeClusters({ rows: 900, cols: 3, k: 3, spread: 6 });
  for (const limit of [100, 900]) {
    const spec = { limit, sampleSize: 240 };
    const double = await estimateSilhouette(matrix, labels, spec);
    const single = await estimateSilhouette(matrix, labels, { ...spec, ...SINGLE });
    assert.notEqual(single.mean, double.mean);
    for (const figure of ["mean", "low", "high", "standardError"] as const) {
      assert.ok(Math.abs(single[figure] - double[figure]) < 5e-8, figure);
    }
    assert.deepEqual(
      await estimateSilhouette(matrix, labels, { ...spec, ...SINGLE, threads: 3 }),
      single,
    );
  }
});

Deno.test("silhouettes refuse another precision, and columns too narrow for float32", async () => {
  const narrow = 2 ** -61;
  const data = Float64Array.of(0, 5, 0, 1, 5, narrow, 10, 5, narrow, 11, 5, 0);
  const matrix = { data, rows: 4, cols: 3 };
  const labels = [0, 0, 1, 1];
  for (const measure of [silhouette, estimateSilhouette]) {
    await assert.rejects(measure(matrix, labels, SINGLE), {
      name: "RangeError",
      message:
        /column 2 spreads \S+e-20 times as far as the widest, must be at least \S+ in float32/,
    });
    // @ts-expect-error: no such precision
    await assert.rejects(measure(matrix, labels, { precision: "float16" }), {
      name: "RangeError",
      message: /precision is float16, must be float64 or float32/,
    });
    await measure(matrix, labels);
  }
  const wide = data.map((value, at) => at % 3 === 2 ? value * 64 : value);
  await silhouette({ ...matrix, data: wide }, labels, SINGLE);
  assert.deepEqual(data, Float64Array.of(0, 5, 0, 1, 5, narrow, 10, 5, narrow, 11, 5, 0));
});

Deno.test("centredRows() rounds to the two neighbours in float32, whose mean is the value", () => {
  const rows = 20_000;
  const value = 0.55;
  // Means are 0, and the widest column is 1 already.
  const data = Float64Array.from(
    { length: rows * 2 },
    (_, at) => (at % 2 === 0 ? 1 : value) * (Math.floor(at / 2) % 2 === 0 ? 1 : -1),
  );
  const labels = Int32Array.from({ length: rows }, (_, i) => i % 2);
  const half = rows / 2;
  const sorted = sortRows({ data, rows, cols: 2 }, labels, Int32Array.of(half, half));
  const read = centredRows(sorted, "float32");
  const point = new Float64Array(2);
  const seen = new Set<number>();
  let mean = 0;
  for (let place = 0; place < half; place++) {
    read(place, point);
    assert.equal(point[0], 1);
    assert.equal(point[1], Math.fround(point[1]!));
    seen.add(point[1]!);
    mean += point[1]! / half;
  }
  const [low, high, ...more] = [...seen].sort((a, b) => a - b);
  assert.deepEqual(more, []);
  assert.ok(low! < value && value < high!);
  assert.equal(high! - low!, 2 ** -24);
  // Four standard deviations, at most.
  assert.ok(Math.abs(mean - value) < 4 * 0.5 * 2 ** -24 / Math.sqrt(half), `${mean - value}`);
});
