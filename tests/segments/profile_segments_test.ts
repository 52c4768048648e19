import { FEATURES } from "feira/features";
import { profileSegments, type SegmentProfile } from "feira/segments";
import fc from "fast-check";
import assert from "node:assert/strict";
import { cliffsDelta } from "../../lib/segments/names/_cliffs_delta.ts";
import { SIX, subdivisionOf, toMatrix } from "./_naming.ts";

Deno.test("profileSegments() of hand-worked customers", () => {
  const [many, few] = profileSegments(SIX, [0, 0, 0, 0, 1, 1]) as [SegmentProfile, SegmentProfile];
  assert.deepEqual([many.id, many.level, many.parentId, many.customers], [0, 1, undefined, 4]);
  assert.deepEqual([many.share, many.revenueShare, few.customers], [4 / 6, 120 / 400, 2]);
  const monetary = many.features[1]!;
  assert.deepEqual(
    [monetary.mean, monetary.median, monetary.q25, monetary.q75, monetary.knownShare],
    [30, 25, 17.5, 37.5, 1],
  );
  assert.deepEqual([...monetary.values], [10, 20, 30, 60]);
  assert.deepEqual([...monetary.everyone.values], [10, 20, 30, 60, 100, 180]);
  const mean = 400 / 6;
  const sd = Math.sqrt([10, 20, 60, 30, 100, 180].reduce((s, v) => s + (v - mean) ** 2, 0) / 6);
  assert.ok(Math.abs(monetary.meanZ - (30 - mean) / sd) < 1e-12);
  assert.ok(Math.abs(monetary.effect - (30 - 140) / sd) < 1e-12);
  assert.ok(Math.abs(monetary.meanRatio - 30 / mean) < 1e-12);
  assert.equal(monetary.medianRatio, 25 / 45);
  // All eight pairs with the other two go the same way.
  assert.equal(monetary.delta, -1);
});

Deno.test("profileSegments() compares the parts of a segment with the whole market", () => {
  const profiles = profileSegments(SIX, [0, 0, 0, 0, 1, 1], {
    subdivisions: [subdivisionOf({ parent: 0, rows: [0, 1, 2, 3], labels: [1, 1, 0, 0] })],
  });
  assert.deepEqual(profiles.map(({ id, level, parentId }) => [id, level, parentId]), [
    [0, 1, undefined],
    [1, 1, undefined],
    [100, 2, 0],
    [101, 2, 0],
  ]);
  const [dear, cheap] = profiles.slice(2) as [SegmentProfile, SegmentProfile];
  assert.deepEqual([dear.customers, dear.share, dear.revenueShare], [2, 2 / 6, 90 / 400]);
  assert.deepEqual([dear.features[1]!.median, cheap.features[1]!.median], [45, 15]);
  // Above two of the four others, below two.
  assert.equal(dear.features[1]!.delta, 0);
  assert.equal(dear.features[1]!.everyone.median, 45);
});

Deno.test("profileSegments() counts a value that a customer does not have in nothing", () => {
  const customers = [
    { avg_review_score: 5, num_reviews: 1, total_order_items: 1, avg_order_value: 30 },
    { avg_review_score: 0, num_reviews: 0, total_order_items: 0, avg_order_value: 0 },
    { avg_review_score: 1, num_reviews: 1, total_order_items: 2, avg_order_value: 10 },
  ];
  const [first, second] = profileSegments(toMatrix(customers), [0, 0, 1]);
  const of = (profile: SegmentProfile, name: string) =>
    profile.features.find((feature) => feature.name === name)!;
  const score = of(first!, "avg_review_score");
  assert.deepEqual([score.mean, score.median, score.knownShare], [5, 5, 0.5]);
  assert.deepEqual([score.everyone.mean, score.everyone.knownShare], [3, 2 / 3]);
  assert.deepEqual([score.delta, of(second!, "avg_review_score").delta], [1, -1]);
  assert.deepEqual([...of(first!, "avg_order_value").values], [30]);
  // A count of 0 is a count.
  assert.equal(of(first!, "total_order_items").mean, 0.5);
  assert.equal(of(first!, "num_reviews").knownShare, 1);
});

Deno.test("profileSegments() of a segment where nobody has a value, and of nobody, has no figures", () => {
  const customers = [{ num_reviews: 0 }, { num_reviews: 1, avg_review_score: 4 }];
  const [silent, nobody, one] = profileSegments(toMatrix(customers), [0, 2]);
  const at = FEATURES.findIndex(({ name }) => name === "avg_review_score");
  const score = silent!.features[at]!;
  assert.deepEqual([score.median, score.knownShare, score.delta], [NaN, 0, 0]);
  assert.deepEqual([one!.features[at]!.median, one!.features[at]!.delta], [4, 0]);
  assert.deepEqual([nobody!.id, nobody!.customers, nobody!.share], [1, 0, 0]);
  assert.equal(nobody!.features[0]!.mean, NaN);
});

Deno.test("profileSegments() gives the very same figures in any order of the customers", () => {
  const value = fc.double({ min: 0, max: 1e6, noNaN: true });
  fc.assert(fc.property(fc.array(fc.tuple(value, fc.nat(2)), { minLength: 3 }), (rows) => {
    const profile = (order: typeof rows) =>
      profileSegments(
        {
          customerIds: order.map((_, i) => String(i)),
          featureNames: ["monetary"],
          data: Float64Array.from(order, ([amount]) => amount),
          rows: order.length,
          cols: 1,
        },
        order.map(([, label]) => label),
      );
    assert.deepEqual(profile(rows.toReversed()), profile(rows));
  }));
});

Deno.test("cliffsDelta() counts pairs as its definition does", () => {
  const counts = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(counts, counts, (group, rest) => {
    let sum = 0;
    for (const a of group) for (const b of rest) sum += Math.sign(a - b);
    const sorted = (values: number[]) => Float64Array.from(values).sort();
    const delta = cliffsDelta(sorted(group), sorted([...group, ...rest]));
    assert.ok(Math.abs(delta - sum / (group.length * rest.length)) < 1e-12);
  }));
  assert.equal(cliffsDelta(Float64Array.of(), Float64Array.of(1)), 0);
  assert.equal(cliffsDelta(Float64Array.of(1), Float64Array.of(1)), 0);
});

Deno.test("profileSegments() refuses labels for other customers, and a matrix without money", () => {
  assert.throws(() => profileSegments(SIX, [0, 1]), {
    name: "TypeError",
    message: /found 2 labels/,
  });
  const featureNames = ["frequency", "money"];
  assert.throws(() => profileSegments({ ...SIX, featureNames }, [0, 0, 0, 0, 0, 0]), {
    name: "TypeError",
    message: /must have monetary/,
  });
});
