import assert from "node:assert/strict";
import {
  expectedPurchases,
  fitPurchaseModel,
  probabilityAlive,
  type PurchaseModelKind,
  summarisePurchases,
} from "feira/lifetime";
import fc from "fast-check";
import { hypergeometric } from "../../lib/lifetime/_hypergeometric.ts";
import { assertClose } from "./_close.ts";
import { FIGURES, PROBES } from "./_figures.ts";
import { simulateMarket } from "./_simulate.ts";

const KINDS: PurchaseModelKind[] = ["bg-nbd", "mbg-nbd"];

Deno.test("fitPurchaseModel() has the published figures of CDNOW", () => {
  // Fader, Hardie and Lee (2005), section 5.
  const { parameters, logLikelihood, converged, customers } = fitPurchaseModel(
    FIGURES.cdnow,
    "bg-nbd",
  );
  assert.ok(converged);
  assert.equal(customers, 2357);
  assert.equal(parameters.r.toFixed(3), "0.243");
  assert.equal(parameters.alpha.toFixed(3), "4.414");
  assert.equal(parameters.a.toFixed(3), "0.793");
  assert.equal(parameters.b.toFixed(3), "2.426");
  assert.equal(logLikelihood.toFixed(1), "-9582.4");
});

for (const kind of KINDS) {
  Deno.test(`fitPurchaseModel() has lifetimes' parameters and standard errors for ${kind}`, () => {
    const model = fitPurchaseModel(FIGURES.cdnow, kind);
    for (const name of ["r", "alpha", "a", "b"] as const) {
      assertClose(model.parameters[name], FIGURES[kind].parameters[name], 1e-6, name);
      assertClose(model.standardErrors![name], FIGURES[kind].standard_errors[name], 1e-5, name);
    }
  });

  Deno.test(`probabilityAlive() and expectedPurchases() are lifetimes' for ${kind}`, () => {
    const model = { kind, parameters: FIGURES[kind].parameters };
    const alive = probabilityAlive(model, PROBES);
    const { mean, discounted } = expectedPurchases(model, PROBES, { horizon: FIGURES.horizon });
    FIGURES[kind].alive.forEach((wanted, i) => assertClose(alive[i]!, wanted, 1e-10));
    FIGURES[kind].expected.forEach((wanted, i) => assertClose(mean[i]!, wanted, 1e-9));
    assert.deepEqual(discounted, mean);
  });

  Deno.test(`fitPurchaseModel() finds the parameters of a simulated market for ${kind}`, () => {
    const parameters = { r: 0.6, alpha: 90, a: 0.9, b: 2.2 };
    const log = simulateMarket({
      customers: 12_000,
      kind,
      parameters,
      values: { p: 6, q: 4, v: 60 },
      arrivals: 300,
      until: 730,
      seed: 3,
    });
    const model = fitPurchaseModel(summarisePurchases(log, 730), kind);
    for (const name of ["r", "alpha", "a", "b"] as const) {
      const off = (model.parameters[name] - parameters[name]) / model.standardErrors![name];
      assert.ok(Math.abs(off) < 3.5, `${name} is ${off} standard errors off`);
    }
  });
}

Deno.test("fitPurchaseModel() is the same in days and in weeks, but for alpha", () => {
  const { repeats, lastAt, age } = FIGURES.cdnow;
  const weeks = fitPurchaseModel(FIGURES.cdnow, "mbg-nbd");
  const days = fitPurchaseModel({
    repeats,
    lastAt: lastAt.map((t) => 7 * t),
    age: age.map((t) => 7 * t),
  }, "mbg-nbd");
  assertClose(days.parameters.alpha, 7 * weeks.parameters.alpha, 1e-6);
  for (const name of ["r", "a", "b"] as const) {
    assertClose(days.parameters[name], weeks.parameters[name], 1e-6);
  }
});

Deno.test("fitPurchaseModel() does not depend on the customers' order", () => {
  const turned = (values: number[]) => values.toReversed();
  const { repeats, lastAt, age } = FIGURES.cdnow;
  const one = fitPurchaseModel(FIGURES.cdnow, "mbg-nbd");
  const other = fitPurchaseModel(
    { repeats: turned(repeats), lastAt: turned(lastAt), age: turned(age) },
    "mbg-nbd",
  );
  assertClose(other.parameters.a, one.parameters.a, 1e-6);
});

Deno.test("fitPurchaseModel() says that nobody who came back leaves it without an opinion", () => {
  const n = 200;
  const model = fitPurchaseModel({
    repeats: new Array(n).fill(0),
    lastAt: new Array(n).fill(0),
    age: Array.from({ length: n }, (_, i) => i + 1),
  }, "mbg-nbd");
  assert.equal(model.logCovariance, undefined);
  assert.equal(model.standardErrors, undefined);
});

Deno.test("fitPurchaseModel() takes one customer, and one observed for no time", () => {
  for (const age of [0, 10]) {
    const { parameters } = fitPurchaseModel({ repeats: [0], lastAt: [0], age: [age] }, "mbg-nbd");
    assert.ok(Object.values(parameters).every((value) => value > 0 && Number.isFinite(value)));
  }
});

Deno.test("fitPurchaseModel() refuses histories that cannot be, by customer", () => {
  const fit = (repeats: number[], lastAt: number[], age: number[]) => () =>
    fitPurchaseModel({ repeats, lastAt, age }, "bg-nbd");
  assert.throws(fit([], [], []), { name: "RangeError", message: /found no customers/ });
  assert.throws(fit([1], [1, 2], [3]), { name: "TypeError", message: /1 repeats, 2 last times/ });
  assert.throws(fit([0, 0.5], [0, 1], [3, 3]), {
    name: "RangeError",
    message: "Cannot fit bg-nbd: found customer 1 with 0.5 repeats, must be a whole number from 0",
  });
  assert.throws(fit([1], [4], [3]), { name: "RangeError", message: /at most its age, 3/ });
  assert.throws(fit([1], [0], [3]), { name: "RangeError", message: /must be above 0/ });
  assert.throws(fit([0], [1], [3]), { name: "RangeError", message: /must be 0/ });
  assert.throws(fit([0], [0], [-1]), { name: "RangeError", message: /age -1/ });
  assert.throws(fit([0], [0], [Infinity]), { name: "RangeError", message: /age Infinity/ });
});

const histories = fc.record({
  repeats: fc.integer({ min: 0, max: 20 }),
  share: fc.double({ min: 0.01, max: 1, noNaN: true }),
  age: fc.double({ min: 1, max: 700, noNaN: true }),
}).map(({ repeats, share, age }) => ({
  repeats: [repeats],
  lastAt: [repeats === 0 ? 0 : share * age],
  age: [age],
}));
const parameter = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const models = fc.record({
  kind: fc.constantFrom(...KINDS),
  parameters: fc.record({
    r: parameter(0.05, 5),
    alpha: parameter(1, 500),
    a: parameter(0.05, 5),
    b: parameter(0.05, 20),
  }),
});

Deno.test("expectedPurchases() is the closed form wherever that has a value", () => {
  fc.assert(fc.property(models, histories, parameter(1, 400), (model, history, horizon) => {
    const { r, alpha, a, b } = model.parameters;
    fc.pre(Math.abs(a - 1) > 0.05);
    const [x, age] = [history.repeats[0]!, history.age[0]!];
    const m = model.kind === "mbg-nbd" ? x + 1 : x;
    fc.pre(a + b + m - 1 > 0.01);
    const alive = probabilityAlive(model, history)[0]!;
    const closed = alive * ((a + b + m - 1) / (a - 1)) * (1 -
      ((alpha + age) / (alpha + age + horizon)) ** (r + x) *
        hypergeometric(r + x, b + m, a + b + m - 1, horizon / (alpha + age + horizon)));
    const { mean } = expectedPurchases(model, history, { horizon });
    // The closed form cancels where few purchases are expected.
    assert.ok(Math.abs(mean[0]! - closed) <= 1e-7 * mean[0]! + 1e-11 / Math.abs(a - 1));
  }));
});

Deno.test("expectedPurchases() grows with the horizon, falls with the discount, has no hole at a = 1", () => {
  fc.assert(
    fc.property(models, histories, (model, history) => {
      const at = (horizon: number, discount = 0) =>
        expectedPurchases(model, history, { horizon, discount });
      assert.equal(at(0).mean[0], 0);
      assert.ok(at(10).mean[0]! < at(20).mean[0]!);
      assert.ok(at(20, 0.01).discounted[0]! < at(20).discounted[0]!);
      assert.ok(at(20).variance[0]! >= 0);
      const near = (a: number) =>
        expectedPurchases({ ...model, parameters: { ...model.parameters, a } }, history, {
          horizon: 30,
        }).mean[0]!;
      assertClose(near(1), (near(1 - 1e-6) + near(1 + 1e-6)) / 2, 1e-9);
    }),
    { numRuns: 40 },
  );
});

Deno.test("expectedPurchases() is λ·t for those who never leave, with the negative binomial's variance", () => {
  // a next to 0: nobody leaves, and rates are gamma distributed with mean (r + x) / (α + T).
  const parameters = { r: 2, alpha: 30, a: 1e-9, b: 1 };
  const { mean, variance } = expectedPurchases(
    { kind: "mbg-nbd", parameters },
    { repeats: [3], lastAt: [50], age: [70] },
    { horizon: 40 },
  );
  assertClose(mean[0]!, 5 * 40 / 100, 1e-7);
  assertClose(variance[0]!, 5 * 0.4 * 1.4, 1e-7);
});

Deno.test("expectedPurchases() has the mean and variance of simulated customers", () => {
  // Everybody arrives on day 0 and is observed for no time: the model before any data.
  const parameters = { r: 1.5, alpha: 20, a: 1.2, b: 3 };
  const customers = 40_000;
  const log = simulateMarket({
    customers,
    kind: "mbg-nbd",
    parameters,
    values: { p: 6, q: 4, v: 60 },
    arrivals: 1,
    until: 4000,
    seed: 11,
  });
  const counts = new Float64Array(customers).fill(-1);
  for (const who of log.customer) counts[who]! += 1;
  const mean = counts.reduce((sum, n) => sum + n, 0) / customers;
  const variance = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / customers;
  const expected = expectedPurchases(
    { kind: "mbg-nbd", parameters },
    { repeats: [0], lastAt: [0], age: [0] },
    { horizon: 4000 },
  );
  // Two purchases on one day are one, which costs under 2% of them.
  assertClose(mean, expected.mean[0]!, 0.04);
  assertClose(variance, expected.variance[0]!, 0.15);
});

Deno.test("expectedPurchases() refuses a horizon or discount below 0", () => {
  const model = { kind: "bg-nbd" as const, parameters: { r: 1, alpha: 1, a: 1, b: 1 } };
  const history = { repeats: [0], lastAt: [0], age: [1] };
  assert.throws(() => expectedPurchases(model, history, { horizon: -1 }), {
    name: "RangeError",
    message: "Cannot expect purchases: horizon is -1, must be finite and at least 0",
  });
  assert.throws(() => expectedPurchases(model, history, { horizon: 1, discount: NaN }), {
    name: "RangeError",
    message: /discount is NaN/,
  });
});

Deno.test("probabilityAlive() is between 0 and 1, and falls while nothing is bought", () => {
  fc.assert(fc.property(models, histories, (model, { repeats, lastAt, age }) => {
    const at = (later: number) =>
      probabilityAlive(model, { repeats, lastAt, age: [age[0]! + later] })[0]!;
    assert.ok(at(0) >= 0 && at(0) <= 1);
    assert.ok(at(100) <= at(0));
  }));
});
