import { bestJaccards } from "feira/cluster";
import fc from "fast-check";
import assert from "node:assert/strict";

const clusterings = fc.integer({ min: 1, max: 30 }).chain((rows) => {
  const labels = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: rows, maxLength: rows });
  return fc.tuple(labels, labels);
});

/** By its definition: sets of rows. */
function naive(labels: readonly number[], others: readonly number[]): number[] {
  const setOf = (of: readonly number[], cluster: number) =>
    new Set([...of.keys()].filter((row) => of[row] === cluster));
  return Array.from({ length: Math.max(...labels) + 1 }, (_, cluster) => {
    const own = setOf(labels, cluster);
    return Math.max(
      ...new Set(others).values().map((other) => {
        const theirs = setOf(others, other);
        return own.size === 0 ? 0 : own.intersection(theirs).size / own.union(theirs).size;
      }),
    );
  });
}

Deno.test("bestJaccards() is the greatest similarity of sets of rows", () => {
  fc.assert(fc.property(clusterings, ([labels, others]) => {
    assert.deepEqual(bestJaccards(labels, others), naive(labels, others));
    assert.deepEqual(
      bestJaccards(labels, labels),
      naive(labels, labels).map((_, c) => Number(labels.includes(c))),
    );
  }));
});

Deno.test("bestJaccards() counts the rows it is given, each once", () => {
  const [labels, others] = [[0, 0, 1, 1], [0, 1, 1, 1]];
  assert.deepEqual(bestJaccards(labels, others, [0, 2, 2, 3]), [1, 1]);
  assert.deepEqual(bestJaccards(labels, others, [0]), [1, 0]);
  assert.throws(() => bestJaccards([0], [0, 1]), /found 2 labels, must be 1/);
});
