import { checkConditions, profileSegments } from "feira/segments";
import assert from "node:assert/strict";
import { SIX, toMatrix } from "./_naming.ts";

const [MANY, FEW] = profileSegments(SIX, [0, 0, 0, 0, 1, 1]);

Deno.test("checkConditions() shows the figure of every claim and everyone's, at its limit too", () => {
  const evidence = checkConditions(
    " median(frequency) >= 2.5; q25(monetary)<120 ;customer_share() <= 0.3;revenue_share() > 0.7;",
    FEW!,
  );
  assert.deepEqual(evidence, [
    { claim: "median(frequency) >= 2.5", value: 2.5, everyone: 1, holds: true },
    { claim: "q25(monetary)<120", value: 120, everyone: 22.5, holds: false },
    { claim: "customer_share() <= 0.3", value: 1 / 3, everyone: 1, holds: false },
    { claim: "revenue_share() > 0.7", value: 0.7, everyone: 1, holds: false },
  ]);
});

Deno.test("checkConditions() counts customers by each sign, at the limit too", () => {
  const shares = [">= 20", "> 20", "<= 20", "< 20"].map((counted) => {
    const { value, everyone } = checkConditions(`share_of(monetary ${counted}) >= 0`, MANY!)[0]!;
    return [value, everyone];
  });
  assert.deepEqual(shares, [[3 / 4, 5 / 6], [2 / 4, 4 / 6], [2 / 4, 2 / 6], [1 / 4, 1 / 6]]);
});

Deno.test("checkConditions() says what a relative figure compares", () => {
  const evidence = checkConditions(
    "median_ratio(monetary) > 3; mean_ratio(monetary) > 2; delta(frequency) >= 1; revenue_ratio() >= 2.1",
    FEW!,
  );
  assert.deepEqual(evidence.map(({ everyone, compared }) => [everyone, compared]), [
    [1, { segment: 140, reference: 45 }],
    [1, { segment: 140, reference: 400 / 6 }],
    [0, { segment: 2.5, reference: 1 }],
    [1, undefined],
  ]);
  assert.equal(evidence[3]!.value, 0.7 / (1 / 3));
});

Deno.test("checkConditions() never holds for what nobody has", () => {
  const matrix = toMatrix([{ num_reviews: 0 }, { num_reviews: 1, avg_review_score: 4 }]);
  const [silent, rated] = profileSegments(matrix, [0, 1]);
  const conditions =
    "mean(avg_review_score) <= 5; share_of(avg_review_score <= 5) >= 0; known_share(avg_review_score) <= 0";
  assert.deepEqual(checkConditions(conditions, silent!).map(({ value, holds }) => [value, holds]), [
    [NaN, false],
    [NaN, false],
    [0, true],
  ]);
  assert.deepEqual(checkConditions(conditions, rated!).map(({ holds }) => holds), [
    true,
    true,
    false,
  ]);
});

Deno.test("checkConditions() refuses what it cannot read and says what there is", () => {
  const bad: [string, RegExp][] = [
    ["frequency > 2", /found condition "frequency > 2", must be like median/],
    ["median(frequency) = 2", /must be like/],
    ["median(age) > 2", /must name one of frequency, monetary/],
    ["mode(frequency) > 2", /must measure one of mean, median/],
    ["median() > 2", /must measure one of/],
    ["customer_share(frequency) > 2", /must measure one of/],
    ["constructor(frequency) > 2", /must measure one of/],
    ["share_of(frequency) > 2", /must count customers like share_of/],
    ["median(frequency >= 2) > 2", /must count customers like share_of/],
    ["share_of(>= 2) > 2", /must be like/],
  ];
  for (const [text, message] of bad) {
    assert.throws(() => checkConditions(text, MANY!), { kind: "data", message }, text);
  }
});
