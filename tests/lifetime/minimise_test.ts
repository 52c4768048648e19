import assert from "node:assert/strict";
import { minimise } from "../../lib/lifetime/_minimise.ts";
import { assertClose } from "./_close.ts";

/** Rosenbrock's valley, least at (1, 1). */
function valley([x, y]: Float64Array) {
  const bend = y! - x! * x!;
  return {
    value: (1 - x!) ** 2 + 100 * bend ** 2,
    gradient: Float64Array.of(-2 * (1 - x!) - 400 * x! * bend, 200 * bend),
  };
}

Deno.test("minimise() finds the end of Rosenbrock's valley from its usual start", () => {
  const { at, converged, iterations, atBound } = minimise(valley, [-1.2, 1], { bound: 10 });
  assert.ok(converged);
  assert.ok(iterations < 60, `${iterations} iterations`);
  assertClose(at[0]!, 1, 1e-8);
  assertClose(at[1]!, 1, 1e-8);
  assert.deepEqual(atBound, [false, false]);
});

Deno.test("minimise() gives the second derivatives at the end", () => {
  const { hessian } = minimise(valley, [0, 0], { bound: 10 });
  assert.deepEqual(hessian.to2DArray().map((row) => row.map((h) => Math.round(h * 10) / 10)), [
    [802, -400],
    [-400, 200],
  ]);
});

Deno.test("minimise() stops at the edge of its box, says so, and still goes along it", () => {
  const { at, atBound, converged } = minimise(
    ([x, y]) => ({
      value: (x! - 5) ** 2 + (y! - 1) ** 2,
      gradient: Float64Array.of(2 * (x! - 5), 2 * (y! - 1)),
    }),
    [0, 0],
    { bound: 2 },
  );
  assert.ok(converged);
  assert.equal(at[0], 2);
  assertClose(at[1]!, 1, 1e-8);
  assert.deepEqual(atBound, [true, false]);
});

Deno.test("minimise() says that it did not converge when it may not go on", () => {
  assert.equal(minimise(valley, [-1.2, 1], { bound: 10, maxIterations: 2 }).converged, false);
});

Deno.test("minimise() leaves a saddle by the side that goes down", () => {
  const { at, converged } = minimise(
    ([x, y]) => ({
      value: x! ** 4 / 4 - x! ** 2 / 2 + y! ** 2,
      gradient: Float64Array.of(x! ** 3 - x!, 2 * y!),
    }),
    [0.01, 1],
    { bound: 10 },
  );
  assert.ok(converged);
  assertClose(at[0]!, 1, 1e-8);
});
