import { findKnee, findKnees, type KneeSpec } from "feira/cluster";
import fc from "fast-check";
import assert from "node:assert/strict";
import { FIGURES } from "./_fixtures.ts";

type Figures = (typeof FIGURES.random_knees)[number];

function assertAsKneed(figures: Figures): void {
  const { xs, ys, knee, knee_y, online, all } = figures;
  const spec: KneeSpec = {
    curve: figures.curve as "convex" | "concave",
    direction: figures.direction as "increasing" | "decreasing",
    sensitivity: figures.S,
    interpolation: figures.interp_method as "interp1d" | "polynomial",
    polynomialDegree: figures.polynomial_degree,
  };
  const found = findKnee(xs, ys, spec);
  assert.equal(found?.x ?? null, knee);
  assert.equal(found?.y ?? null, knee_y);
  if (found) assert.equal(xs[found.index], knee);
  assert.equal(findKnee(xs, ys, { ...spec, online: true })?.x ?? null, online);
  assert.deepEqual(findKnees(xs, ys, spec).map(({ x }) => x), all);
}

for (const [name, figures] of Object.entries(FIGURES.published_knees)) {
  Deno.test(`findKnee() finds kneed's knees of ${name}`, () => assertAsKneed(figures));
}

Deno.test("findKnee() finds kneed's knees of random curves with ties, levels and uneven xs", () => {
  assert.ok(FIGURES.random_knees.length > 200);
  FIGURES.random_knees.forEach(assertAsKneed);
});

/** 17 points from 0 to 32: all that is normalised is exact, so ties stay ties. */
const curve = fc.array(fc.integer({ min: 0, max: 32 }), { minLength: 15, maxLength: 15 })
  .map((ys) => [0, ...ys, 32]);

Deno.test("findKnee() is the same point when a curve is turned over, mirrored or scaled", () => {
  fc.assert(
    fc.property(curve, fc.integer({ min: -5, max: 5 }), (ys, power) => {
      const xs = ys.map((_, i) => i);
      const indexOf = (values: readonly number[], spec: KneeSpec) =>
        findKnee(xs, values, { sensitivity: 0.9, ...spec })?.index;
      const index = indexOf(ys, { curve: "concave", direction: "increasing" });
      const flipped = ys.map((y) => 32 - y);
      assert.equal(indexOf(flipped, { curve: "convex", direction: "decreasing" }), index);
      const mirrored = indexOf(ys.toReversed(), { curve: "concave", direction: "decreasing" });
      assert.equal(mirrored, index === undefined ? undefined : ys.length - 1 - index);
      const scaled = ys.map((y) => y * 2 ** power);
      assert.equal(indexOf(scaled, { curve: "concave", direction: "increasing" }), index);
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("findKnee() finds no more knees when it is less sensitive", () => {
  fc.assert(
    fc.property(curve, (ys) => {
      const xs = ys.map((_, i) => i);
      const counts = [0, 1, 2, 5, 50].map((sensitivity) =>
        findKnees(xs, ys, { curve: "concave", direction: "increasing", sensitivity }).length
      );
      assert.deepEqual(counts, counts.toSorted((a, b) => b - a));
    }),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("findKnee() takes long curves, and single points and none for curves without a knee", () => {
  const xs = Array.from({ length: 200_000 }, (_, i) => i);
  const ys = xs.map((x) => Math.sqrt(x));
  const long = findKnee(xs, ys, { curve: "concave", direction: "increasing" });
  assert.ok(Math.abs(long!.x - 50_000) < 10);
  const spec = { curve: "convex", direction: "decreasing" } as const;
  assert.equal(findKnee([1], [2], spec), undefined);
  assert.equal(findKnee([], [], spec), undefined);
  assert.deepEqual(findKnees([], [], spec), []);
});

Deno.test("findKnee() refuses what is no curve and settings out of range", () => {
  const spec = { curve: "convex", direction: "decreasing" } as const;
  assert.throws(() => findKnee([1, 2], [1], spec), TypeError);
  assert.throws(() => findKnee([1, 1, 2], [3, 2, 1], spec), /x 1 is 1, must be above 1/);
  assert.throws(() => findKnee([1, 2, 3], [3, NaN, 1], spec), /point 1 is \(2, NaN\)/);
  const bad: [Partial<Record<keyof KneeSpec, unknown>>, RegExp][] = [
    [{ sensitivity: -1 }, /sensitivity is -1/],
    [{ sensitivity: NaN }, /sensitivity is NaN/],
    [{ curve: "bent" }, /found "bent", must be convex or concave/],
    [{ direction: "up" }, /found "up", must be decreasing or increasing/],
    [{ interpolation: "spline" }, /found "spline", must be polynomial or interp1d/],
    [{ polynomialDegree: 1.5 }, /polynomialDegree is 1\.5/],
  ];
  for (const [change, message] of bad) {
    assert.throws(
      () => findKnee([1, 2, 3], [3, 2, 1], { ...spec, ...change } as KneeSpec),
      { name: "RangeError", message },
    );
  }
});
