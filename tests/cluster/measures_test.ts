import { adjustedRand, calinskiHarabasz, daviesBouldin } from "feira/cluster";
import fc from "fast-check";
import assert from "node:assert/strict";
import { FIGURES, makeClusters, toMatrix } from "./_fixtures.ts";

const near = (value: number, expected: number) =>
  Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected));

for (const [name, figures] of Object.entries(FIGURES.measures)) {
  Deno.test(`daviesBouldin() and calinskiHarabasz() agree with scikit-learn on ${name}`, () => {
    const matrix = toMatrix(figures);
    const dbi = daviesBouldin(matrix, figures.labels);
    assert.ok(near(dbi, figures.davies_bouldin), `${dbi}, ${figures.davies_bouldin}`);
    const ch = calinskiHarabasz(matrix, figures.labels);
    assert.ok(near(ch, figures.calinski_harabasz), `${ch}, ${figures.calinski_harabasz}`);
  });
}

for (const measure of [daviesBouldin, calinskiHarabasz]) {
  Deno.test(`${measure.name}() stays when labels are renamed, rows permuted, data scaled or moved`, () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: -900, max: 900 }), (seed, power) => {
        const { matrix: { data, rows, cols }, labels } = makeClusters({
          rows: 30,
          cols: 2,
          k: 3,
          seed,
        });
        const value = measure({ data, rows, cols }, labels);
        const renamed = measure({ data, rows, cols }, labels.map((label) => 2 - label));
        assert.ok(near(renamed, value));
        const order = Array.from({ length: rows }, (_, i) => i * 7 % rows);
        const permuted = Float64Array.from(order.flatMap((i) => [data[2 * i]!, data[2 * i + 1]!]));
        const moved = measure(
          { data: permuted.map((x) => x + 16), rows, cols },
          order.map((i) => labels[i]!),
        );
        assert.ok(near(moved, value));
        if (power < 0 && measure === daviesBouldin) return; // distances under 1e-8 count as none
        const scaled = data.map((x) => x * 2 ** power);
        assert.ok(near(measure({ data: scaled, rows, cols }, labels), value));
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  Deno.test(`${measure.name}() refuses what is no clustering and values that are not finite`, () => {
    const matrix = { data: Float64Array.of(0, 1, 2, 3), rows: 4, cols: 1 };
    assert.throws(() => measure(matrix, [0, 0, 1]), {
      name: "TypeError",
      message: /found 3 labels/,
    });
    assert.throws(() => measure(matrix, [0, 0, 0, 0]), {
      name: "RangeError",
      message: /1 cluster/,
    });
    assert.throws(() => measure(matrix, [0, 0, 2, 2]), /cluster 1 of 3 is empty/);
    assert.throws(() => measure(matrix, [0, 1, 2, 3]), /4 clusters of 4 rows/);
    const broken = { data: Float64Array.of(0, 1, 2, Infinity), rows: 2, cols: 2 };
    assert.throws(() => measure(broken, [0, 1]), /found Infinity at row 1 column 1/);
    assert.throws(() => measure({ data: new Float64Array(), rows: 0, cols: 1 }, []), /0 × 1/);
    const [data, labels] = [matrix.data.slice(), Int32Array.of(0, 0, 1, 1)];
    measure({ data, rows: 4, cols: 1 }, labels);
    assert.deepEqual([[...data], [...labels]], [[0, 1, 2, 3], [0, 0, 1, 1]]);
  });
}

Deno.test("daviesBouldin() takes distances under 1e-8 for none, as scikit-learn does", () => {
  const matrix = { data: Float64Array.of(0, 2e-9, 8e-9, 9e-9), rows: 4, cols: 1 };
  assert.equal(daviesBouldin(matrix, [0, 0, 1, 1]), 0);
});

Deno.test("calinskiHarabasz() is 1 for clusters of equal rows, whatever their mean rounds to", () => {
  // scikit-learn's mean of three times 0.1 is not 0.1, and its index 16.
  const same = { data: new Float64Array(6).fill(0.1), rows: 6, cols: 1 };
  assert.equal(calinskiHarabasz(same, [0, 0, 0, 1, 1, 1]), 1);
});

Deno.test("calinskiHarabasz() of huge values does not overflow", () => {
  const matrix = { data: Float64Array.of(0, 2e300, 1e301, 1.2e301), rows: 4, cols: 1 };
  assert.ok(near(calinskiHarabasz(matrix, [0, 0, 1, 1]), 50));
});

Deno.test("adjustedRand() agrees with scikit-learn, either way round", () => {
  for (const { a, b, adjusted_rand } of FIGURES.rands) {
    assert.ok(Math.abs(adjustedRand(a, b) - adjusted_rand) < 1e-12);
    assert.ok(Math.abs(adjustedRand(b, a) - adjusted_rand) < 1e-12);
  }
});

Deno.test("adjustedRand() ignores the clusters' numbers and takes degenerate clusterings", () => {
  assert.equal(adjustedRand([7, 7, 7], [0, 0, 0]), 1);
  assert.equal(adjustedRand([0, 1, 2], [2, 0, 1]), 1);
  assert.equal(adjustedRand([0], [5]), 1);
  assert.equal(adjustedRand([0, 0, 0], [0, 1, 2]), 0);
  assert.throws(() => adjustedRand([0], [0, 1]), TypeError);
  assert.throws(() => adjustedRand([], []), TypeError);
});
