import assert from "node:assert/strict";
import fc from "fast-check";
import { fitExponent } from "../../bench/growth/fit_exponent.ts";
import { toReport } from "../../bench/growth/growth_report.ts";
import { resample } from "../../bench/growth/resample.ts";

Deno.test("fitExponent() finds the power of a power law", () => {
  fc.assert(fc.property(
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.double({ min: 0.01, max: 100, noNaN: true }),
    (power, factor) => {
      const xs = [10, 100, 250, 4000];
      const found = fitExponent(xs, xs.map((x) => factor * x ** power));
      assert.ok(Math.abs(found - power) < 1e-9);
    },
  ));
});

Deno.test("fitExponent() takes the least-squares line when points lie on none", () => {
  // Logarithms (0, 0), (1, 1), (2, 1): slope 1/2.
  assert.ok(Math.abs(fitExponent([1, Math.E, Math.E ** 2], [1, Math.E, Math.E]) - 0.5) < 1e-12);
});

Deno.test("fitExponent() refuses what has no logarithm or no slope", () => {
  for (const [xs, ys] of [[[1], [1]], [[2, 2], [1, 3]], [[1, 2], [0, 1]], [[1, 2], [1]]]) {
    assert.throws(() => fitExponent(xs!, ys!), RangeError);
  }
});

Deno.test("resample() draws rows near the given ones, the same for the same seed", () => {
  const matrix = { data: Float64Array.of(0, 10, 100, 110), rows: 2, cols: 2 };
  const drawn = resample(matrix, { rows: 500 });
  assert.deepEqual(drawn, resample(matrix, { rows: 500 }));
  assert.notDeepEqual(drawn, resample(matrix, { rows: 500, seed: 1 }));
  let first = 0;
  for (let row = 0; row < 500; row++) {
    const [a, b] = drawn.data.subarray(row * 2, row * 2 + 2);
    const from = a! < 50 ? 0 : 2;
    if (from === 0) first++;
    assert.ok(Math.abs(a! - matrix.data[from]!) <= 0.05);
    assert.ok(Math.abs(b! - matrix.data[from + 1]!) <= 0.05);
  }
  assert.ok(first > 200 && first < 300, `${first} of 500 rows drawn from the first of two`);
});

Deno.test("toReport() of growth has a row with its exponent for every work that was done", () => {
  const measured = [1, 10, 100].map((x) => ({
    batch: { seconds: 9, cpuSeconds: x / 5, mb: 100 },
    ...(x < 100 ? { silhouette: { seconds: 9, cpuSeconds: x ** 2, mb: null } } : {}),
  }));
  const axis = { title: "8 × 4 neurons", at: [1, 10, 100], heads: ["a", "b", "c"] };
  const { tables, lines } = toReport([{ ...axis, by: "rows", measured }], []);
  assert.deepEqual(tables[0]!.rows, [
    ["batch, one epoch", "0.200", "2.00", "20.0", "1.00", "100", "100", "100"],
    ["silhouette, all pairs", "1.00", "100", "–", "2.00", "–", "–", "–"],
  ]);
  assert.equal(lines[1]!.name, "growth_silhouette");
  assert.deepEqual(lines[1]!.cpu_s, [1, 100, null]);
  assert.ok(Math.abs(Number(lines[1]!.exponent) - 2) < 1e-12);
});
