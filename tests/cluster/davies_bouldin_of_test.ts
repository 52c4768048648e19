import { daviesBouldin, daviesBouldinOf } from "feira/cluster";
import assert from "node:assert/strict";
import fc from "fast-check";

/** Each cluster's mean, and its rows' mean distance to it, taken plainly. */
function scatterOf(data: readonly number[], labels: readonly number[]) {
  const k = Math.max(...labels) + 1;
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const members = Array.from({ length: k }, (_, c) => data.filter((_, i) => labels[i] === c));
  const means = Float64Array.from(members, mean);
  const scatter = Float64Array.from(
    members,
    (of, c) => mean(of.map((value) => Math.abs(value - means[c]!))),
  );
  return { means, scatter, cols: 1 };
}

Deno.test("daviesBouldinOf() is daviesBouldin() of the same clusters", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 5, maxLength: 30 }),
      fc.integer({ min: 2, max: 4 }),
      (data, k) => {
        const labels = data.map((_, i) => i % k);
        const index = daviesBouldin(
          { data: Float64Array.from(data), rows: data.length, cols: 1 },
          labels,
        );
        const found = daviesBouldinOf(scatterOf(data, labels));
        // Where two means are next to each other rounding decides; else they agree.
        if (index < 1e5) assert.ok(Math.abs(found - index) <= 1e-9 * (1 + index));
      },
    ),
    { seed: 42 },
  );
});

Deno.test("daviesBouldinOf() is 0 where nothing scatters or nothing is apart", () => {
  const of = (means: number[], scatter: number[]) =>
    daviesBouldinOf({
      means: Float64Array.from(means),
      scatter: Float64Array.from(scatter),
      cols: 1,
    });
  assert.equal(of([0, 10], [0, 0]), 0);
  assert.equal(of([3, 3], [1, 2]), 0);
  assert.equal(of([0, 10, 10], [1, 1, 1]), (0.2 + 0.2 + 0.2) / 3);
});

Deno.test("daviesBouldinOf() refuses one cluster, and means of others", () => {
  const one = { means: Float64Array.of(1), scatter: Float64Array.of(1), cols: 1 };
  assert.throws(() => daviesBouldinOf(one), /found 1 clusters, must be at least 2/);
  const short = { means: Float64Array.of(1, 2, 3), scatter: Float64Array.of(1, 1), cols: 2 };
  assert.throws(() => daviesBouldinOf(short), TypeError);
});
