import { assertPassed, GATE, GateError, judge } from "feira/segments";
import assert from "node:assert/strict";

const GOOD = { qe: 0.2, te: 0.2, silhouette: 0.7, dbi: 0.6, smallest: 100 };

Deno.test("judge() holds each metric to its limit, which itself passes", () => {
  for (const { name, limit, direction } of GATE) {
    assert.ok(judge({ ...GOOD, [name]: limit }).passed, name);
    const worse = direction === "at least" ? limit - 1e-9 : limit + 1e-9;
    for (const value of [worse, NaN]) {
      const { passed, criteria } = judge({ ...GOOD, [name]: value });
      assert.ok(!passed);
      assert.deepEqual(criteria.filter((each) => !each.passed).map((each) => each.name), [name]);
    }
  }
});

Deno.test("judge() scores the mean margin of the four metrics", () => {
  const margins = [
    (0.7 - 0.6) / 0.6,
    (0.75 - 0.6) / 0.75,
    (0.26 - 0.2) / 0.26,
    (0.26 - 0.2) / 0.26,
  ];
  const expected = margins.reduce((sum, margin) => sum + margin, 0) / 4;
  assert.ok(Math.abs(judge(GOOD).score - expected) < 1e-12);
});

Deno.test("assertPassed() throws with what failed, its value and its limit", () => {
  assertPassed(judge(GOOD));
  const verdict = judge({ ...GOOD, te: 0.31234, smallest: 3 });
  assert.throws(() => assertPassed(verdict), (error) => {
    assert.ok(error instanceof GateError);
    assert.deepEqual([error.kind, error.exitCode, error.verdict], ["failed", 1, verdict]);
    assert.equal(
      error.message,
      "Cannot publish segments: Topographic error is 0.3123, must be at most 0.26; Customers in smallest segment is 3, must be at least 30",
    );
    return true;
  });
});
