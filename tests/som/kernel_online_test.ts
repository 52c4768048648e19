import { quantizationError, trainOnline } from "feira/som";
import fc from "fast-check";
import assert from "node:assert/strict";
import { orderColumns } from "../../lib/som/search/column_order.ts";
import { withEngine } from "../../lib/som/_engine.ts";
import { exponential } from "../../lib/som/_gaussian.ts";
import { OnlineKernel } from "../../lib/som/online/kernel.ts";
import { OnlinePlain } from "../../lib/som/online/plain.ts";
import type { OnlineState } from "../../lib/som/online/state.ts";
import { RandomState } from "../../lib/som/_random_state.ts";
import { greatestDifference, readScaled } from "./_fixtures.ts";

const SHAPES = [[1, 1], [2, 2], [3, 3], [1, 9], [9, 1], [7, 5], [8, 8], [17, 13], [33, 4]] as const;
const FEATURES = [1, 2, 3, 4, 5, 12, 13, 30];

interface Run {
  readonly width: number;
  readonly height: number;
  readonly features: number;
  readonly sigma: number;
  readonly precision: OnlineState["precision"];
  readonly seed: number;
  readonly scale?: number;
  readonly rate?: number;
  readonly iterations?: number;
}

/** Weights that both loops train from the same start, on the same random rows. */
function trainBoth(run: Run): { kernel: Float64Array; plain: Float64Array } {
  const { width, height, features, sigma, precision, seed } = run;
  const { scale = 1, rate = 0.5, iterations = 200 } = run;
  const random = new RandomState(seed);
  const numbers = (length: number) =>
    Float64Array.from({ length }, () => (random.double() * 4 - 2) * scale);
  const rows = 40;
  const data = numbers(rows * features);
  const start = numbers(width * height * features);
  const state = {
    grid: { width, height },
    features,
    data,
    columns: orderColumns({ data, rows, cols: features }),
    order: Int32Array.from({ length: iterations }, () => random.upTo(rows - 1)),
    precision,
    schedule: {
      iterations,
      sigmaAt: (t: number) => sigma / (1 + 2 * t / iterations),
      rateAt: (t: number) => rate / (1 + 2 * t / iterations),
    },
  };
  const [kernel, plain] = [start.slice(), start.slice()];
  const loop = new OnlineKernel({ ...state, weights: kernel });
  // Slices that are no whole chunks: the last ends where the iterations do.
  for (let from = 0; from < iterations; from += 77) loop.run(from, Math.min(from + 77, iterations));
  new OnlinePlain({ ...state, weights: plain }).run(0, iterations);
  return { kernel, plain };
}

for (const precision of ["float64", "float32"] as const) {
  Deno.test(`OnlineKernel equals plain TypeScript bit for bit in ${precision}`, () => {
    for (const [width, height] of SHAPES) {
      for (const features of FEATURES) {
        for (const sigma of [0.3, 1.2, 5, 40]) {
          const seed = width * 1000 + features;
          const run = { width, height, features, sigma, precision, seed };
          const { kernel, plain } = trainBoth(run);
          assert.deepEqual(kernel, plain, JSON.stringify(run));
          assert.ok(kernel.every(Number.isFinite));
        }
      }
    }
  });
}

Deno.test("OnlineKernel equals plain TypeScript at any scale, rate and sigma", () => {
  const shape = fc.record({
    width: fc.integer({ min: 1, max: 20 }),
    height: fc.integer({ min: 1, max: 20 }),
    features: fc.integer({ min: 1, max: 9 }),
    sigma: fc.constantFrom(1e-200, 1e-3, 0.2, 0.9, 3, 1e4, 1e200),
    scale: fc.constantFrom(0, 5e-324, 1e-310, 1e-150, 1e-40, 1, 1e30, 1e39, 1e150),
    rate: fc.constantFrom(0, 1e-20, 0.01, 1, 1.5),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });
  fc.assert(
    fc.property(shape, (run) => {
      const { kernel, plain } = trainBoth({ ...run, precision: "float64", iterations: 120 });
      assert.deepEqual(kernel, plain);
    }),
    { numRuns: 150 },
  );
});

Deno.test("exponential() is within two units in the last place of Math.exp", () => {
  for (let value = 0; value >= -100; value -= 0.0137) {
    const expected = Math.exp(value);
    assert.ok(Math.abs(exponential(value) - expected) <= 2 ** -51 * expected, `${value}`);
  }
  assert.equal(exponential(0), 1);
});

Deno.test("trainOnline() gives the same bits with the kernel and without", async () => {
  const matrix = await readScaled("wine");
  for (const precision of ["float64", "float32"] as const) {
    const spec = {
      ...{ width: 9, height: 6, sigma: 2, learningRate: 0.5, iterations: 700, precision },
      sigmaDecay: "linear-to-one",
      learningRateDecay: (rate: number, t: number, total: number) => rate * 0.01 ** (t / total),
    } as const;
    const kernel = await withEngine("kernel", () => trainOnline(matrix, spec));
    const plain = await withEngine("plain", () => trainOnline(matrix, spec));
    assert.deepEqual(kernel, plain);
  }
});

Deno.test("trainOnline() in float32 stays near float64 until a best unit flips", async () => {
  const matrix = await readScaled("iris");
  const spec = { width: 8, height: 8, sigma: 1.2, learningRate: 0.15, iterations: 10_000 };
  const wide = await trainOnline(matrix, spec);
  const narrow = await trainOnline(matrix, { ...spec, precision: "float32" });
  // Values up to 3.1: a few of their units in the last place, 2^-22.
  assert.ok(greatestDifference(wide.weights, narrow.weights) < 5e-6);
  assert.ok(narrow.weights.every((weight) => Math.fround(weight) === weight));
  const errors = [await quantizationError(wide, matrix), await quantizationError(narrow, matrix)];
  assert.ok(Math.abs(errors[0]! - errors[1]!) < 1e-6);
});

Deno.test("trainOnline() refuses float32 where only plain loops know the option", async () => {
  const matrix = await readScaled("iris");
  const spec = { width: 3, height: 3, sigma: 1, learningRate: 0.5, iterations: 10 };
  const message = /precision is float32, must be float64 but with a gaussian neighbourhood/;
  for (
    const option of [
      { neighbourhood: "bubble" },
      { distance: "cosine" },
      { topology: "hexagonal" },
      { fixedPoints: new Map([[0, [1, 1]]]) as ReadonlyMap<number, readonly [number, number]> },
    ] as const
  ) {
    const run = trainOnline(matrix, { ...spec, ...option, precision: "float32" });
    await assert.rejects(run, { name: "RangeError", message });
  }
  await assert.rejects(
    trainOnline(matrix, { ...spec, precision: "float16" as "float32" }),
    /precision is "float16", must be float64 or float32/,
  );
});

Deno.test("trainOnline() with the kernel reports and stops when it is aborted", async () => {
  const matrix = await readScaled("wine");
  const spec = { width: 60, height: 60, sigma: 30, learningRate: 0.5, iterations: 1e6 };
  const abort = new AbortController();
  const seen: number[] = [];
  const run = trainOnline(matrix, {
    ...spec,
    signal: abort.signal,
    onProgress: ({ done }) => {
      // Until the order of rows is drawn nothing is done.
      if (done > 0) seen.push(done);
      if (seen.length === 2) abort.abort(new Error("enough"));
    },
  });
  await assert.rejects(run, /enough/);
  assert.equal(seen.length, 2);
  assert.ok(seen[0]! > 0 && seen[0]! < seen[1]!);
});
