import { explainClaim, explainEvidence, readArchetypes } from "feira/segments";
import { openWorkspace } from "feira/workspace";
import assert from "node:assert/strict";

Deno.test("explainClaim() says every claim of the archetypes in words", async () => {
  const archetypes = await readArchetypes(`${openWorkspace().seedsDir}/segment_archetypes.csv`);
  const claims = archetypes.flatMap(({ conditions }) => conditions.split("; "));
  assert.ok(claims.length > 20);
  for (const claim of claims) {
    const { measured, must } = explainClaim(claim);
    assert.doesNotMatch(measured, /[_()]|undefined/, claim);
    assert.match(must, /^(at least|at most|above|below) -?\d/, claim);
  }
});

Deno.test("explainClaim() keeps each direction apart", () => {
  const musts = [">=", "<=", ">", "<"].map((sign) => explainClaim(`mean(recency) ${sign} 3`).must);
  assert.deepEqual(musts, ["at least 3", "at most 3", "above 3", "below 3"]);
  assert.equal(explainClaim("revenue_share() >= 0.1").measured, "Share of all revenue");
});

Deno.test("explainClaim() tells shares as percentages, and what is counted with its unit", () => {
  assert.deepEqual(explainClaim("share_of(recency <= 365) >= 0.9"), {
    measured: "Share of customers with recency of at most 365 days",
    must: "at least 90%",
    unit: "share",
  });
  assert.deepEqual(explainClaim("known_share(avg_review_score) >= 0.5"), {
    measured: "Share of customers with an average review score",
    must: "at least 50%",
    unit: "share",
  });
  const counted = ["frequency <= 1", "total_order_items >= 2", "avg_payment_installments >= 4"]
    .map((count) => explainClaim(`share_of(${count}) >= 0.9`).measured);
  assert.deepEqual(counted, [
    "Share of customers with frequency of at most 1 order",
    "Share of customers with items bought of at least 2",
    "Share of customers with average installments of at least 4",
  ]);
  assert.equal(explainClaim("delta(monetary) <= -0.147").must, "at most -14.7%");
});

Deno.test("explainEvidence() tells figures with their units, and what they are relative to", () => {
  const evidence = { value: 0.954, everyone: 0.684, holds: true };
  const { is, everyone } = explainEvidence({
    ...evidence,
    claim: "share_of(recency <= 365) >= 0.9",
  });
  assert.deepEqual([is, everyone], ["95.4%", "68.4%"]);
  const median = { claim: "median(monetary) >= 200", value: 779.95, everyone: 89.9, holds: true };
  assert.deepEqual([explainEvidence(median).is, explainEvidence(median).everyone], [
    "780 BRL",
    "89.9 BRL",
  ]);
  const delta = explainEvidence({
    claim: "delta(frequency) >= 0.474",
    value: 0.986,
    everyone: 0,
    compared: { segment: 2, reference: 1 },
    holds: true,
  });
  assert.deepEqual([delta.is, delta.everyone], ["2 orders (98.6%)", "1 order"]);
  const ofSegment = { claim: "revenue_ratio() >= 3", value: 6.78, everyone: 1, holds: true };
  assert.deepEqual([explainEvidence(ofSegment).is, explainEvidence(ofSegment).everyone], [
    "6.78 times",
    "1.00 times",
  ]);
});

Deno.test("explainClaim() refuses what is no condition", () => {
  assert.throws(() => explainClaim("rich customers"), /must be like median\(frequency\) >= 2/);
});
