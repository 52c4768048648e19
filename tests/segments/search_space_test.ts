import { candidateSettings, GUIDE, parseBudget, SEARCH_SPACE } from "feira/segments";
import { FeiraError } from "feira/workspace";
import assert from "node:assert/strict";

const SIZES = [10, 500, 2_000, 8_016, 95_420, 1_000_000];

Deno.test("candidateSettings() always has the guide's own, and a grid that fits the data", () => {
  for (const customers of SIZES) {
    const [guide, ...others] = candidateSettings({ customers });
    assert.deepEqual(guide, GUIDE);
    assert.equal(new Set(others.map(({ name }) => name)).size, others.length);
    assert.ok(others.length >= 4 && others.length <= 16);
    for (const { training } of others) {
      const { width, height } = training;
      assert.ok(width === 2 * height || width === height);
      assert.ok(width * height <= Math.max(8, Math.min(3_200, customers / 2.4)), `${customers}`);
    }
  }
});

Deno.test("candidateSettings() stay in the stated space", () => {
  const { radiusEnd, radiusStart } = SEARCH_SPACE;
  for (const customers of SIZES) {
    for (const { training } of candidateSettings({ customers, count: 50 }).slice(1)) {
      assert.ok(training.kind === "batch");
      const widest = Math.max(training.radiusEnd, training.width * radiusStart.toShareOfWidth);
      assert.ok(training.radiusStart >= Math.min(radiusStart.from, widest) - 0.005);
      assert.ok(training.radiusStart <= widest + 0.005);
      assert.ok(training.radiusEnd >= radiusEnd.from && training.radiusEnd <= radiusEnd.to);
      assert.ok(SEARCH_SPACE.inits.includes(training.init as never));
    }
  }
});

Deno.test("candidateSettings() start with the best corner that the bench knows", () => {
  const { training } = candidateSettings({ customers: 95_420 })[1]!;
  assert.ok(training.kind === "batch");
  const { width, height, epochs, radiusStart, radiusEnd, init } = training;
  assert.deepEqual([width, height, epochs, radiusStart, radiusEnd], [80, 40, 320, 5, 0.44]);
  assert.equal(init, "pca-spread");
});

Deno.test("candidateSettings() cover every dimension, more of it with more of them", () => {
  const trainings = candidateSettings({ customers: 8_016, count: 32 }).slice(1).map((
    { training },
  ) => training);
  const both = <T>(of: (training: (typeof trainings)[number]) => T) =>
    new Set(trainings.map(of)).size >= 2;
  assert.ok(both(({ init }) => init) && both(({ width, height }) => width / height));
  const ends = trainings.map((t) => t.kind === "batch" ? t.radiusEnd : 0).sort();
  // No gap is more than three times what even spacing would leave.
  ends.slice(1).forEach((end, i) => assert.ok(end - ends[i]! < 3 * (0.5 - 0.33) / 31));
});

Deno.test("candidateSettings() are the same each time, others from another seed", () => {
  const names = (seed: number) => candidateSettings({ customers: 8_016, seed }).map((s) => s.name);
  assert.deepEqual(names(0), names(0));
  assert.deepEqual(names(7).slice(0, 4), names(0).slice(0, 4));
  assert.ok(names(100).slice(4).every((name) => !names(0).includes(name)));
});

Deno.test("candidateSettings() cuts the work of a quick run and nothing else", () => {
  const quick = candidateSettings({ customers: 8_016, quick: { iterations: 100, epochs: 3 } });
  const whole = candidateSettings({ customers: 8_016 });
  quick.forEach(({ training }, i) => {
    const amount = training.kind === "online" ? { iterations: 100 } : { epochs: 3 };
    assert.deepEqual(training, { ...whole[i]!.training, ...amount });
  });
});

Deno.test("candidateSettings() refuses what is no whole number", () => {
  for (const count of [0, -1, 2.5, NaN]) {
    assert.throws(() => candidateSettings({ customers: 10, count }), /count is .* at least 1$/);
  }
  for (const seed of [-1, 0.5]) {
    assert.throws(() => candidateSettings({ customers: 10, seed }), /seed is .* at least 0$/);
  }
});

Deno.test("parseBudget() reads seconds, minutes, hours and nothing", () => {
  const cases = { "60s": 60, "5m": 300, "1.5h": 5400, " 10 s ": 10 };
  for (const [text, seconds] of Object.entries(cases)) assert.equal(parseBudget(text), seconds);
  for (const text of ["", " ", "0", "0s", "0m"]) assert.equal(parseBudget(text), undefined);
});

Deno.test("parseBudget() refuses what is no time", () => {
  for (const text of ["60", "fast", "-5s", "5 d", "1s1s", "s", "Infinitys"]) {
    assert.throws(
      () => parseBudget(text),
      (error) => error instanceof FeiraError && error.kind === "usage",
      text,
    );
  }
});
