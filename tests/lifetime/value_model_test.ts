import assert from "node:assert/strict";
import { expectedValue, fitValueModel } from "feira/lifetime";
import { assertClose } from "./_close.ts";
import { FIGURES } from "./_figures.ts";
import { Draws } from "./_simulate.ts";

Deno.test("fitValueModel() has the published figures of CDNOW, and lifetimes'", () => {
  const model = fitValueModel(FIGURES.cdnow_values);
  // Fader and Hardie (2013): p = 6.25, q = 3.74, v = 15.44, which lifetimes has as 15.45.
  assert.equal(model.parameters.p.toFixed(2), "6.25");
  assert.equal(model.parameters.q.toFixed(2), "3.74");
  assert.equal(model.parameters.v.toFixed(1), "15.4");
  const figures = FIGURES["gamma-gamma"];
  for (const name of ["p", "q", "v"] as const) {
    assertClose(model.parameters[name], figures.parameters[name], 1e-6, name);
    assertClose(model.standardErrors![name], figures.standard_errors[name], 1e-5, name);
  }
  assertClose(model.logLikelihood, figures.log_likelihood, 1e-10);
  const { p, q, v } = model.parameters;
  assertClose(model.meanValue, p * v / (q - 1), 1e-15);
});

Deno.test("expectedValue() is lifetimes', between the market's mean and the customer's own", () => {
  const figures = FIGURES["gamma-gamma"];
  const own = { purchases: [1, 4, 10], meanValue: [5, 30, 200] };
  const { mean } = expectedValue(figures, own);
  const { p, q, v } = figures.parameters;
  const market = p * v / (q - 1);
  figures.expected.forEach((wanted, i) => {
    assertClose(mean[i]!, wanted, 1e-12);
    const [low, high] = [market, own.meanValue[i]!].toSorted((a, b) => a - b);
    assert.ok(low! < mean[i]! && mean[i]! < high!);
  });
});

/** `n` customers with as many purchases as `purchasesOf` says. */
function simulateValues(n: number, purchasesOf: (i: number) => number) {
  const draws = new Draws(5);
  const parameters = { p: 4, q: 5, v: 80 };
  const values = { purchases: [] as number[], meanValue: [] as number[], means: [] as number[] };
  for (let i = 0; i < n; i++) {
    const rate = draws.gamma(parameters.q) / parameters.v;
    const purchases = purchasesOf(i);
    values.purchases.push(purchases);
    values.meanValue.push(draws.gamma(parameters.p * purchases) / rate / purchases);
    values.means.push(parameters.p / rate);
  }
  return { ...values, parameters };
}

Deno.test("fitValueModel() finds the parameters of simulated customers", () => {
  const { parameters, ...values } = simulateValues(8000, (i) => 1 + i % 3);
  const model = fitValueModel(values);
  for (const name of ["p", "q", "v"] as const) {
    const off = (model.parameters[name] - parameters[name]) / model.standardErrors![name];
    assert.ok(Math.abs(off) < 3.5, `${name} is ${off} standard errors off`);
  }
});

Deno.test("expectedValue() has the mean and squares of simulated customers", () => {
  const { parameters, purchases, meanValue, means } = simulateValues(60_000, () => 2);
  const { mean, meanSquare, square } = expectedValue({ parameters }, { purchases, meanValue });
  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
  assertClose(sum(mean), sum(means), 0.01);
  assertClose(sum(meanSquare), sum(means.map((m) => m * m)), 0.05);
  // Of a purchase around its mean M: E[Z²] = M²·(1 + 1/p).
  assertClose(sum(square), 1.25 * sum(meanSquare), 1e-12);
});

Deno.test("expectedValue() says where there is no mean or no variance", () => {
  const one = { purchases: [1], meanValue: [10] };
  const at = (p: number, q: number) => expectedValue({ parameters: { p, q, v: 5 } }, one);
  assert.equal(at(0.5, 0.4).mean[0], Infinity);
  assert.ok(Number.isFinite(at(0.5, 0.6).mean[0]!));
  assert.equal(at(0.5, 1.4).square[0], Infinity);
  assert.ok(Number.isFinite(at(0.5, 1.6).square[0]!));
});

Deno.test("fitValueModel() says that one value for all determines nothing", () => {
  const model = fitValueModel({ purchases: [1, 1, 1, 1], meanValue: [20, 20, 20, 20] });
  assert.equal(model.logCovariance, undefined);
  assert.ok(model.atBound.length > 0 || model.reciprocalCondition <= 1e-10);
});

Deno.test("fitValueModel() refuses values that cannot be, by customer", () => {
  const fit = (purchases: number[], meanValue: number[]) => () =>
    fitValueModel({ purchases, meanValue });
  assert.throws(fit([], []), { name: "RangeError", message: /found no customers/ });
  assert.throws(fit([1], [1, 2]), { name: "TypeError", message: /1 numbers of purchases and 2/ });
  assert.throws(fit([1, 0], [1, 1]), {
    name: "RangeError",
    message:
      "Cannot fit gamma-gamma: found 0 purchases of customer 1, must be a whole number from 1",
  });
  for (const bad of [0, -1, NaN, Infinity]) {
    assert.throws(fit([1], [bad]), { name: "RangeError", message: /must be finite and above 0/ });
  }
});
