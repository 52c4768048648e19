import {
  checkConditions,
  contradictions,
  fitSegmentation,
  nameSegments,
  profileSegments,
  readArchetypes,
} from "feira/segments";
import fc from "fast-check";
import assert from "node:assert/strict";
import { ARCHETYPES_PATH, plantMarket, SMALL } from "./_market.ts";
import { archetype, SIX, subdivisionOf, toMatrix } from "./_naming.ts";

const LABELS = [0, 0, 0, 0, 1, 1];
const PROFILES = profileSegments(SIX, LABELS);

Deno.test("nameSegments() gives a name only when all conditions hold, and each once", () => {
  const everyone = archetype("Everyone", "mean(monetary) > 0");
  const loyal = archetype("Loyal", "median(frequency) >= 2; mean(monetary) >= 200");
  const [many, few] = nameSegments(PROFILES, [loyal, everyone]);
  assert.equal(few!.name, "Everyone");
  assert.deepEqual(few!.evidence, [
    { claim: "mean(monetary) > 0", value: 140, everyone: 400 / 6, holds: true },
  ]);
  assert.equal(many!.name, "Customers with Fewer Orders and Lower Spend");
  assert.equal(many!.archetypeId, undefined);
  assert.equal(
    many!.description,
    "Compared with all customers: frequency lower (mean 1 order against 1.5); monetary value lower (median 25 BRL against 45).",
  );
  assert.deepEqual(many!.evidence.map(({ claim, value, holds }) => [claim, value, holds]), [
    ["delta(frequency) <= -0.147", -1, true],
    ["delta(monetary) <= -0.147", -1, true],
  ]);
});

Deno.test("nameSegments() gives an archetype to the segment that earns it by the widest margin", () => {
  // Both earn it; the first is 20 / 30 above the limit, the second 130 / 140.
  const some = archetype("Some", "mean(monetary) >= 10");
  const other = archetype("Other", "mean(monetary) >= 11");
  assert.deepEqual(nameSegments(PROFILES, [some, other]).map(({ name }) => name), [
    "Other",
    "Some",
  ]);
  // By the mean over conditions: 1/6 and 70% against 3/4 and 30%.
  const small = archetype("Small", "revenue_share() <= 1; mean(monetary) >= 25");
  assert.deepEqual(nameSegments(PROFILES, [small]).map(({ name }) => name)[1], "Small");
});

Deno.test("nameSegments() names both levels without a name twice, level 1 first", () => {
  const profiles = profileSegments(SIX, LABELS, {
    subdivisions: [subdivisionOf({ parent: 0, rows: [0, 1, 2, 3], labels: [0, 0, 1, 1] })],
  });
  // The part of 45 BRL earns it by a wider margin than its parent of 30.
  const cheap = archetype("Buyers", "mean(monetary) >= 20; mean(monetary) <= 60");
  const next = archetype("Next", "mean(monetary) >= 20");
  const named = nameSegments(profiles, [cheap, next]);
  assert.deepEqual(named.map(({ id, level, parentId, name }) => [id, level, parentId, name]), [
    [0, 1, undefined, "Buyers"],
    [1, 1, undefined, "Next"],
    [100, 2, 0, "Customers with Lower Spend and Fewer Orders"],
    [101, 2, 0, "Customers with Fewer Orders"],
  ]);
  assert.equal("parentId" in named[0]!, false);
});

Deno.test("nameSegments() makes different names for segments that differ in nothing", () => {
  const alike = profileSegments(
    { ...SIX, data: Float64Array.of(1, 5, 1, 5, 1, 5, 1, 5, 1, 5, 1, 5) },
    [0, 0, 1, 1, 2, 2],
  );
  assert.deepEqual(nameSegments(alike, []).map(({ name }) => name), [
    "Customers Near the Average",
    "Customers Near the Average (2)",
    "Customers Near the Average (3)",
  ]);
});

Deno.test("nameSegments() takes up more differences until a name is new", () => {
  // Recency, money, items: the first two segments differ from each other in items most.
  const high = [[9, 90, 3], [8, 80, 1], [9, 90, 1], [8, 80, 1]];
  const low = [[1, 9, 1], [1, 9, 1], [1, 9, 1], [1, 9, 1], [1, 9, 2], [1, 9, 2]];
  const matrix = {
    customerIds: Array.from("abcdefghij"),
    featureNames: ["recency", "monetary", "total_order_items"],
    data: Float64Array.from([...high, ...low].flat()),
    rows: 10,
    cols: 3,
  };
  const profiles = profileSegments(matrix, [0, 0, 1, 1, 2, 2, 2, 2, 2, 2]);
  assert.deepEqual(nameSegments(profiles, []).map(({ name }) => name), [
    "Customers with Older Purchases, Higher Spend and More Items",
    "Customers with Older Purchases and Higher Spend",
    "Customers with Newer Purchases and Lower Spend",
  ]);
});

Deno.test("nameSegments() tells a difference by a figure that goes its way", () => {
  const describe = (few: number[], many: number[]) => {
    const data = Float64Array.from([...few, ...many]);
    const rows = data.length;
    const ids = Array.from(data, (_, i) => String(i));
    const matrix = { customerIds: ids, featureNames: ["monetary"], data, rows, cols: 1 };
    const labels = ids.map((_, i) => i < few.length ? 0 : 1);
    return nameSegments(profileSegments(matrix, labels), [])[0]!.description;
  };
  assert.match(describe([20, 30], [10, 10, 10]), /higher \(median 25 BRL against 10\)/);
  assert.match(describe([1, 1, 2], [1, 1, 1, 1]), /higher \(mean 1.33 BRL against 1.14\)/);
  // Above ten of eleven others in one of three pairs, below one in each: (1 + 7 / 33) / 2.
  assert.match(
    describe([1, 1, 2], [...new Array<number>(10).fill(1), 900]),
    /higher \(in 60.6% of pairs with another customer, ties by half\)/,
  );
});

Deno.test("nameSegments() says so when nobody belongs to a segment", () => {
  const [, nobody] = nameSegments(profileSegments(SIX, [0, 0, 0, 0, 2, 2]), []);
  assert.equal(nobody!.description, "Nobody belongs to this segment.");
  assert.deepEqual([nobody!.customers, nobody!.evidence], [0, []]);
});

Deno.test("nameSegments() names by the numbers, not by the segments' ids or order", async () => {
  const archetypes = await readArchetypes(ARCHETYPES_PATH);
  const { matrix } = plantMarket(300);
  const { segments } = await fitSegmentation(matrix, SMALL);
  const named = nameSegments(profileSegments(matrix, segments), archetypes);
  const turned = segments.map((id) => (id + 1) % 3);
  const again = nameSegments(profileSegments(matrix, turned).toReversed(), archetypes);
  for (const { id, name } of named) {
    assert.equal(again.find((other) => other.id === (id + 1) % 3)!.name, name);
  }
});

Deno.test("nameSegments() is true, unique and blind to labels whatever the customers", async () => {
  const archetypes = await readArchetypes(ARCHETYPES_PATH);
  const customer = fc.record({
    recency: fc.double({ min: 1, max: 700, noNaN: true }),
    frequency: fc.integer({ min: 1, max: 4 }),
    monetary: fc.double({ min: 1, max: 2000, noNaN: true }),
    total_order_items: fc.integer({ min: 0, max: 4 }),
    avg_payment_installments: fc.integer({ min: 1, max: 10 }),
    avg_review_score: fc.integer({ min: 1, max: 5 }),
    num_reviews: fc.integer({ min: 0, max: 1 }),
  });
  const customers = fc.array(fc.tuple(customer, fc.nat(3)), { minLength: 4, maxLength: 24 });
  fc.assert(
    fc.property(customers, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (rows, turn) => {
      const matrix = toMatrix(
        rows.map(([features]) => ({ ...features, number_of_orders: features.frequency })),
      );
      const labels = rows.map(([, label]) => label);
      const full = [...labels.slice(0, -4), 0, 1, 2, 3];
      const profiles = profileSegments(matrix, full);
      const named = nameSegments(profiles, archetypes);
      assert.equal(new Set(named.map(({ name }) => name)).size, 4);
      named.forEach((segment, at) => {
        assert.ok(segment.evidence.every(({ holds }) => holds));
        assert.deepEqual(contradictions(segment, profiles[at]!), []);
      });
      // Segments of equal values are told apart by their ids alone.
      const figures = profiles.map(({ id: _, ...profile }) => JSON.stringify(profile));
      fc.pre(new Set(figures).size === 4);
      const turned = nameSegments(profileSegments(matrix, full.map((id) => turn[id]!)), archetypes);
      for (const { id, name } of named) assert.equal(turned[turn[id]!]!.name, name);
    }),
    { numRuns: 100 },
  );
});

Deno.test("nameSegments() leaves profiles and archetypes as they are", () => {
  const profiles = PROFILES.toReversed();
  const archetypes = [archetype("Everyone", "mean(monetary) > 0")];
  const before = structuredClone([profiles, archetypes]);
  nameSegments(profiles, archetypes);
  assert.deepEqual([profiles, archetypes], before);
});

Deno.test("nameSegments() refuses a condition that it cannot read, though nobody would come to it", () => {
  const archetypes = [
    archetype("All", "mean(monetary) > 0"),
    archetype("Bad", "mood(monetary) > 0"),
  ];
  assert.throws(() => nameSegments([PROFILES[0]!], archetypes), {
    kind: "data",
    message: /mood\(monetary\) > 0/,
  });
});

Deno.test("seeds/segment_archetypes.csv never calls big spenders unengaged, low-value or explorers", async () => {
  const archetypes = await readArchetypes(ARCHETYPES_PATH);
  const { matrix, kinds } = plantMarket(400);
  const profile = profileSegments(matrix, kinds)[1]!;
  for (const id of ["lapsed_base", "satisfied_explorers", "mainstream_one_time"]) {
    const { conditions } = archetypes.find(({ archetype_id }) => archetype_id === id)!;
    assert.ok(checkConditions(conditions, profile).some(({ holds }) => !holds), id);
  }
});
