import type { SomMap } from "feira/som";
import assert from "node:assert/strict";
import fc from "fast-check";
import { nearUnits } from "../../lib/distributed/_near_units.ts";
import { near, uniform } from "./_suite.ts";

function mapOf(width: number, height: number, weights: Iterable<number>): SomMap {
  const features = 2;
  const numbers = weights[Symbol.iterator]();
  return {
    ...{ width, height, features },
    weights: Float64Array.from({ length: width * height * features }, () => numbers.next().value!),
  };
}

const gapOf = ({ weights }: SomMap, a: number, b: number) =>
  Math.hypot(weights[2 * a]! - weights[2 * b]!, weights[2 * a + 1]! - weights[2 * b + 1]!);

Deno.test("nearUnits() lists every unit within a level's reach", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 15 }),
      fc.integer({ min: 1, max: 1e6 }),
      (width, seed) => {
        const map = mapOf(width, 7, uniform(seed));
        nearUnits(map).forEach(({ reaches, lists, gap }, unit) => {
          const listed = new Set<number>();
          reaches.forEach((reach, level) => {
            for (const other of lists[level]!) listed.add(other);
            for (let other = 0; other < width * 7; other++) {
              assert.ok(listed.has(other) || gapOf(map, unit, other) > reach);
            }
          });
          const others = [...Array(width * 7).keys()].filter((other) => other !== unit);
          near([gap], [Math.min(...others.map((other) => gapOf(map, unit, other)))], 1e-12);
        });
      },
    ),
    { numRuns: 20, seed: 42 },
  );
});

Deno.test("nearUnits() reaches to all units where they are at most 64, and to at most 256", () => {
  const [small, large] = [[8, 8], [13, 5]].map(([width, height]) =>
    nearUnits(mapOf(width!, height!, uniform(1)))
  );
  for (const { lists } of small!) {
    assert.deepEqual(lists.flat().toSorted((a, b) => a - b), [...Array(64).keys()]);
  }
  for (const { lists } of large!) assert.equal(lists.flat().length, 64);
  for (const { lists } of nearUnits(mapOf(20, 15, uniform(2)))) {
    assert.equal(lists.flat().length, 256);
  }
});

Deno.test("nearUnits() gives lists of 1, 4, 16 and 64, and only itself where all units are the same", () => {
  const line = mapOf(70, 1, uniform(3));
  assert.deepEqual(nearUnits(line)[0]!.lists.map(({ length }) => length), [1, 3, 12, 48]);
  const same = mapOf(70, 1, Array(140).fill(2));
  nearUnits(same).forEach(({ lists, reaches, gap }, unit) => {
    assert.deepEqual([lists.flat(), Math.max(...reaches), gap], [[unit], 0, 0]);
  });
  assert.deepEqual(nearUnits(mapOf(1, 1, [1, 2])), [
    { gap: 0, reaches: [1e300 * (1 - 1e-9)], lists: [[0]] },
  ]);
});
