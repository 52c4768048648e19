import assert from "node:assert/strict";
import { digamma, logGamma } from "../../lib/lifetime/_gamma.ts";
import { gaussLegendre } from "../../lib/lifetime/_gauss_legendre.ts";
import { hypergeometric } from "../../lib/lifetime/_hypergeometric.ts";
import { assertClose } from "./_close.ts";
import { FIGURES } from "./_figures.ts";

Deno.test("logGamma() and digamma() are scipy's from 0.001 to 10,000", () => {
  const { arguments: xs, log_gamma, digamma: slopes } = FIGURES.special;
  xs.forEach((x, i) => {
    assert.ok(Math.abs(logGamma(x) - log_gamma[i]!) <= 1e-13 * (1 + Math.abs(log_gamma[i]!)));
    assert.ok(Math.abs(digamma(x) - slopes[i]!) <= 1e-13 * (1 + Math.abs(slopes[i]!)));
  });
});

Deno.test("logGamma() is 0 at 1 and 2, and log 24 at 5", () => {
  for (const x of [1, 2]) assert.ok(Math.abs(logGamma(x)) < 1e-14);
  assertClose(logGamma(5), Math.log(24), 1e-14);
});

Deno.test("hypergeometric() is scipy's up to z = 0.997", () => {
  for (const [a, b, c, z, wanted] of FIGURES.special.hypergeometric) {
    assertClose(hypergeometric(a, b, c, z), wanted, 1e-11, `2F1(${a}, ${b}; ${c}; ${z})`);
  }
});

Deno.test("hypergeometric() is 1 at z = 0 and a power where b = c", () => {
  assert.equal(hypergeometric(3, 4, 5, 0), 1);
  assertClose(hypergeometric(2.5, 7, 7, 0.6), 0.4 ** -2.5, 1e-13);
});

Deno.test("hypergeometric() refuses z so near 1 that its series would not end", () => {
  assert.throws(() => hypergeometric(1, 1, 3, 1 - 1e-9), {
    name: "RangeError",
    message: /^Cannot sum 2F1: z is 0\.999/,
  });
});

Deno.test("gaussLegendre() sums polynomials up to degree 2n − 1 exactly", () => {
  const { nodes, weights } = gaussLegendre(5);
  for (let degree = 0; degree <= 9; degree++) {
    const sum = nodes.reduce((total, x, i) => total + weights[i]! * x ** degree, 0);
    assertClose(sum, 1 / (degree + 1), 1e-13, `degree ${degree}`);
  }
});
