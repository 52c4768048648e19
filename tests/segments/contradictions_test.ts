import { contradictions, nameSegments, profileSegments } from "feira/segments";
import assert from "node:assert/strict";
import { SIX, toMatrix } from "./_naming.ts";

const CUSTOMERS = [
  // Bought for 1,200 ten months ago and gave four stars: the guide's own "explorers".
  ...Array.from({ length: 4 }, (_, i) => ({
    recency: 290 + i,
    monetary: 1200,
    avg_order_value: 1200,
    avg_review_score: 4,
  })),
  ...Array.from({ length: 36 }, (_, i) => ({
    recency: 100 + 10 * i,
    monetary: 90,
    avg_order_value: 90,
    avg_review_score: 4 + i % 2,
  })),
];
const [MANY, DEAR] = profileSegments(toMatrix(CUSTOMERS), CUSTOMERS.map((_, i) => i < 4 ? 1 : 0));

function textOf(
  text: { name?: string; description?: string; insight?: string; strategy?: string },
) {
  return { name: "", description: "", insight: "", strategy: "", ...text };
}

Deno.test("contradictions() finds what the guide's dashboard said of its big spenders", () => {
  const found = contradictions(
    textOf({
      name: "The Recent, Highly Satisfied Explorers",
      description: "Recent, highly satisfied customers with one small purchase.",
    }),
    DEAR!,
  );
  assert.deepEqual(
    found.map(({ where, words, evidence }) => [where, words, evidence.claim, evidence.value]),
    [
      ["name", "Recent", "median(recency) <= 90", 291.5],
      ["name", "Recent", "median_ratio(recency) <= 0.75", 291.5 / 290],
      ["name", "Highly Satisfied", "mean(avg_review_score) >= 4.5", 4],
      ["description", "Recent", "median(recency) <= 90", 291.5],
      ["description", "Recent", "median_ratio(recency) <= 0.75", 291.5 / 290],
      ["description", "small purchase", "median_ratio(monetary) <= 0.67", 1200 / 90],
      ["description", "highly satisfied", "mean(avg_review_score) >= 4.5", 4],
    ],
  );
});

Deno.test("contradictions() looks at every text, and at whole words only", () => {
  const text = "Lapsed customers.";
  for (const where of ["name", "description", "insight", "strategy"] as const) {
    const found = contradictions(textOf({ [where]: text }), MANY!);
    assert.deepEqual(found.map((each) => [each.where, each.words]), [
      [where, "Lapsed"],
    ]);
  }
  assert.deepEqual(contradictions(textOf({ insight: "Smaller, disloyal, contented" }), MANY!), []);
});

Deno.test("contradictions() holds descriptive names to the differences that they tell", () => {
  const profiles = profileSegments(SIX, [0, 0, 0, 0, 1, 1]);
  const { name } = nameSegments(profiles, [])[0]!;
  assert.equal(name, "Customers with Fewer Orders and Lower Spend");
  // Of the two features here only; the vocabulary knows all twelve.
  const customers = Array.from({ length: 10 }, (_, i) => ({ monetary: i < 5 ? 10 : 500 }));
  const [poor, rich] = profileSegments(toMatrix(customers), customers.map((_, i) => i < 5 ? 0 : 1));
  assert.deepEqual(contradictions(textOf({ name: "Customers with Lower Spend" }), poor!), []);
  const [found] = contradictions(textOf({ name: "Customers with Lower Spend" }), rich!);
  assert.deepEqual([found!.words, found!.evidence.value], ["Lower Spend", 1]);
});
