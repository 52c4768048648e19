import { gapStatistic } from "feira/cluster";
import fc from "fast-check";
import assert from "node:assert/strict";
import figures from "../fixtures/cluster/gap_statistic.json" with { type: "json" };
import { greatestDifference, irregular, makeClusters, toMatrix } from "./_fixtures.ts";

/**
 * Of a logarithm of inertia, with more than two clusters of evenly spread rows: the best of
 * any number of restarts can stay so far above the best of scikit-learn's thousand.
 */
const LOCAL_OPTIMUM = 0.01;

for (const [name, example] of Object.entries(figures)) {
  Deno.test(`gapStatistic() agrees with numpy and scikit-learn on ${name}`, async () => {
    const { rows, cols, references, log_inertia, expected, gap, standard_error, k } = example;
    const found = await gapStatistic(toMatrix(example), {
      to: 4,
      references: references.map((data) => toMatrix({ data, rows, cols })),
      restarts: 100,
    });
    const curve = (name: "logInertia" | "expected" | "gap" | "standardError") =>
      found.points.map((point) => point[name]);
    assert.deepEqual(found.points.map((point) => point.k), [1, 2, 3, 4]);
    assert.ok(greatestDifference(curve("logInertia"), log_inertia) < 1e-9);
    assert.ok(greatestDifference(curve("expected"), expected) < LOCAL_OPTIMUM);
    assert.ok(greatestDifference(curve("gap"), gap) < LOCAL_OPTIMUM);
    assert.ok(greatestDifference(curve("standardError"), standard_error) < LOCAL_OPTIMUM);
    assert.equal(found.k ?? null, k);
  });
}

Deno.test("gapStatistic() is worked by hand with references of one's own", async () => {
  // Two pairs: inertia 101 in one cluster and 1 in two. The references: 5 and 1, 20 and 4.
  const matrix = toMatrix({ data: [0, 1, 10, 11], rows: 4, cols: 1 });
  const references = [
    toMatrix({ data: [0, 1, 2, 3], rows: 4, cols: 1 }),
    toMatrix({ data: [0, 2, 4, 6], rows: 4, cols: 1 }),
  ];
  const { points, k } = await gapStatistic(matrix, { to: 2, references });
  const expected = [Math.log(10), Math.log(2)];
  const error = Math.log(2) * Math.sqrt(1.5);
  points.forEach((point, i) => {
    assert.ok(Math.abs(point.logInertia - Math.log([101, 1][i]!)) < 1e-12);
    assert.ok(Math.abs(point.expected - expected[i]!) < 1e-12);
    assert.ok(Math.abs(point.gap - (point.expected - point.logInertia)) < 1e-12);
    assert.ok(Math.abs(point.standardError - error) < 1e-12);
  });
  // The gap rises by log 50.5 from 1 to 2, more than the error; what follows 2 is not known.
  assert.equal(k, undefined);
});

Deno.test("gapStatistic() finds planted clusters, and one where there are none", async () => {
  const planted = makeClusters({ rows: 200, cols: 4, k: 4, spread: 0.5 });
  assert.equal((await gapStatistic(planted.matrix, { to: 7 })).k, 4);
  const none = makeClusters({ rows: 200, cols: 4, k: 1 });
  for (const box of ["principal", "columns"] as const) {
    assert.equal((await gapStatistic(none.matrix, { to: 5, box })).k, 1, box);
  }
});

Deno.test("gapStatistic() draws along the principal components, whichever way rows are turned", async () => {
  // One narrow band from corner to corner: the columns' box around it is mostly empty.
  const numbers = irregular();
  const draw = () => numbers.next().value;
  const data = Float64Array.from({ length: 100 }, () => 50 * draw()).reduce(
    (all, along, row) => {
      all.set([along + draw(), along - draw()], 2 * row);
      return all;
    },
    new Float64Array(200),
  );
  const matrix = { data, rows: 100, cols: 2 };
  const principal = await gapStatistic(matrix, { to: 2 });
  const columns = await gapStatistic(matrix, { to: 2, box: "columns" });
  assert.equal(principal.k, 1);
  assert.ok(columns.points[1]!.gap > principal.points[1]!.gap + 0.3);
});

Deno.test("gapStatistic() does not see where rows lie nor their scale, nor changes them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: -20, max: 20 }),
      async (seed, power) => {
        const { matrix } = makeClusters({ rows: 30, cols: 2, k: 2, seed });
        const before = matrix.data.slice();
        const other = { ...matrix, data: matrix.data.map((value) => value * 2 ** power) };
        const spec = { to: 3, references: 2, box: "columns" } as const;
        const [one, two] = [await gapStatistic(matrix, spec), await gapStatistic(other, spec)];
        assert.deepEqual(matrix.data, before);
        assert.equal(two.k, one.k);
        const gaps = (of: typeof one) => of.points.map(({ gap }) => gap);
        assert.ok(greatestDifference(gaps(one), gaps(two)) < 1e-9);
        assert.deepEqual(await gapStatistic(matrix, spec), one);
      },
    ),
    { numRuns: 10, seed: 1 },
  );
});

Deno.test("gapStatistic() refuses what it cannot measure, by name", async () => {
  const matrix = toMatrix({ data: [0, 1, 10, 11], rows: 4, cols: 1 });
  for (const to of [0, -1, 1.5, NaN]) {
    await assert.rejects(gapStatistic(matrix, { to }), /to is .* whole number of at least 1/);
  }
  for (const references of [0, 0.5, []]) {
    await assert.rejects(gapStatistic(matrix, { to: 2, references }), /references is 0/);
  }
  const wide = toMatrix({ data: [1, 2], rows: 1, cols: 2 });
  await assert.rejects(gapStatistic(matrix, { to: 1, references: [wide] }), /2 columns, must be 1/);
  const box = "sphere" as "columns";
  await assert.rejects(gapStatistic(matrix, { to: 2, box }), /"sphere", must be principal/);
  await assert.rejects(gapStatistic(matrix, { to: 4 }), /4 clusters leave no inertia/);
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(gapStatistic(matrix, { to: 2, signal }), /enough/);
});
