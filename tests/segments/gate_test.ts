import { assertPassed, GATE, GateError, judge, judgeLevels } from "feira/segments";
import assert from "node:assert/strict";

const METRICS = { qe: 0.2, te: 0.2, silhouette: 0.7, dbi: 0.6, smallest: 100 };
const LEVELS = { stability: 0.95, subsegmentStability: 0.95, smallestSubsegment: 100 };
const GOOD = { ...METRICS, ...LEVELS };

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

Deno.test("judge() judges a fit alone by its own limits", () => {
  const { passed, criteria, score } = judge(METRICS);
  assert.ok(passed);
  assert.deepEqual(criteria.map(({ name }) => name).sort(), Object.keys(METRICS).sort());
  // The figures of the levels are limits, not a rank.
  assert.equal(score, judge(GOOD).score);
});

Deno.test("judgeLevels() takes the weakest subdivision, and does without one", () => {
  const toStability = (mean: number) => {
    const interval = { mean, low: mean, high: mean, least: mean };
    return { segments: [], bootstrapRand: interval, seedRand: interval };
  };
  const levels = {
    segmentation: { metrics: METRICS },
    stability: toStability(0.97),
    subdivisions: [{ sizes: [900, 41] }, { sizes: [70, 60] }],
    subdivisionStabilities: [0.99, 0.91].map(toStability),
  };
  const valueOf = (name: string, spec = levels) =>
    judgeLevels(spec).criteria.find((each) => each.name === name)?.value;
  assert.equal(valueOf("stability"), 0.97);
  assert.equal(valueOf("subsegmentStability"), 0.91);
  assert.equal(valueOf("smallestSubsegment"), 41);
  assert.equal(valueOf("qe"), METRICS.qe);

  const single = { ...levels, subdivisions: [], subdivisionStabilities: [] };
  assert.equal(valueOf("smallestSubsegment", single), undefined);
  assert.ok(judgeLevels(single).passed);
  assert.ok(!judgeLevels({ ...levels, stability: toStability(0.1) }).passed);
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

Deno.test("assertPassed() lets a model through that someone accepts", () => {
  const verdict = judge({ ...GOOD, te: 0.5 });
  assert.throws(() => assertPassed(verdict, { accept: false }), GateError);
  assertPassed(verdict, { accept: true });
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
