import { explainClaim, readArchetypes } from "feira/segments";
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

Deno.test("explainClaim() refuses what is no condition", () => {
  assert.throws(() => explainClaim("rich customers"), /must be like median\(frequency\) >= 2/);
});
