import {
  type BestMatchingUnits,
  bestMatchingUnits,
  type Matrix,
  neighbourhoodPreservation,
  neuronPositions,
  type SomMap,
  trustworthiness,
} from "feira/som";
import fc from "fast-check";
import assert from "node:assert/strict";
import { MINISOM, readScaled } from "./_fixtures.ts";

const { ruler, tied } = MINISOM.neighbourhoods;

function toUnits(bmu: readonly number[]): BestMatchingUnits {
  return {
    bmu: Int32Array.from(bmu),
    second: new Int32Array(bmu.length),
    distance: new Float64Array(bmu.length),
  };
}

Deno.test("trustworthiness() and neighbourhoodPreservation() are scikit-learn's where nothing ties", async () => {
  const map = { weights: new Float64Array(3 * 86), width: 86, height: 1, features: 3 };
  const matrix = { data: Float64Array.from(ruler.data), rows: 12, cols: 3 };
  const units = toUnits(ruler.marks);
  for (let k = 1; k <= 5; k++) {
    const spec = { neighbours: k, units };
    const trust = await trustworthiness(map, matrix, spec);
    const kept = await neighbourhoodPreservation(map, matrix, spec);
    assert.ok(Math.abs(trust.value - ruler.trustworthiness[k - 1]!) < 1e-12, `k ${k}`);
    assert.ok(Math.abs(kept.value - ruler.preservation[k - 1]!) < 1e-12, `k ${k}`);
    assert.deepEqual([trust.sampled, trust.standardError], [12, 0]);
  }
});

Deno.test("both are scikit-learn's mean over random orders of ties, within five standard errors", async () => {
  const map: SomMap = {
    weights: Float64Array.from(tied.weights),
    width: tied.settings.width,
    height: tied.settings.height,
    features: 13,
    topology: "hexagonal",
  };
  const matrix = await readScaled("wine");
  for (
    const [measure, { mean, standardError }] of [
      [trustworthiness, tied.trustworthiness],
      [neighbourhoodPreservation, tied.preservation],
    ] as const
  ) {
    const { value } = await measure(map, matrix);
    assert.ok(Math.abs(value - mean) < 5 * standardError, `${value} is not ${mean}`);
  }
});

/** All orders of 0..n - 1. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)])
  );
}

/** 1 - penalty by definition, a tie going to the row that comes first in an order. */
function byDefinition(
  near: (a: number, b: number) => number,
  far: (a: number, b: number) => number,
  { rows, k }: { rows: number; k: number },
): number {
  const orders = permutations(rows);
  /** Mean over the orders of whether j is among the k nearest of i, and of its rank. */
  const ranks = (distance: (a: number, b: number) => number, i: number, order: readonly number[]) =>
    order.filter((j) => j !== i).sort((a, b) =>
      distance(i, a) - distance(i, b) || order.indexOf(a) - order.indexOf(b)
    );
  let penalty = 0;
  for (let i = 0; i < rows; i++) {
    const within = new Float64Array(rows);
    const excess = new Float64Array(rows);
    for (const order of orders) {
      ranks(near, i, order).slice(0, k).forEach((j) => within[j]! += 1 / orders.length);
      ranks(far, i, order).forEach((j, at) => {
        excess[j]! += Math.max(0, at + 1 - k) / orders.length;
      });
    }
    for (let j = 0; j < rows; j++) penalty += within[j]! * excess[j]!;
  }
  return 1 - penalty * 2 / (rows * k * (2 * rows - 3 * k - 1));
}

Deno.test("both are the mean over all orders of ties, as counting them says", async () => {
  const problem = fc.record({
    topology: fc.constantFrom("rectangular" as const, "hexagonal" as const),
    bmu: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 5, maxLength: 6 }),
    k: fc.integer({ min: 1, max: 2 }),
    values: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(problem, async ({ topology, bmu, k, values }) => {
      const rows = bmu.length;
      const map = { weights: new Float64Array(9), width: 3, height: 3, features: 1, topology };
      const matrix: Matrix = { data: Float64Array.from(values.slice(0, rows)), rows, cols: 1 };
      const places = neuronPositions(map);
      const onGrid = (a: number, b: number) => {
        const [m, n] = [bmu[a]! * 2, bmu[b]! * 2];
        return Math.round(
          1e6 * ((places[m]! - places[n]!) ** 2 + (places[m + 1]! - places[n + 1]!) ** 2),
        );
      };
      const inData = (a: number, b: number) => Math.abs(values[a]! - values[b]!);
      const spec = { neighbours: k, units: toUnits(bmu) };
      const trust = await trustworthiness(map, matrix, spec);
      const kept = await neighbourhoodPreservation(map, matrix, spec);
      const size = { rows, k };
      assert.ok(Math.abs(trust.value - byDefinition(onGrid, inData, size)) < 1e-12);
      assert.ok(Math.abs(kept.value - byDefinition(inData, onGrid, size)) < 1e-12);
    }),
    { numRuns: 12, seed: 1 },
  );
});

Deno.test("a sample's standard error tells how far it may be from all rows, and a seed draws it", async () => {
  const matrix = await readScaled("wine");
  const weights = Float64Array.from(tied.weights);
  const map: SomMap = { weights, width: 6, height: 4, features: 13, topology: "hexagonal" };
  const units = await bestMatchingUnits(map, matrix);
  const whole = await trustworthiness(map, matrix, { units, sample: Infinity });
  let within = 0;
  for (let seed = 0; seed < 40; seed++) {
    const part = await trustworthiness(map, matrix, { units, sample: 60, seed });
    assert.equal(part.sampled, 60);
    if (Math.abs(part.value - whole.value) < 2 * part.standardError) within++;
  }
  assert.ok(within >= 34 && within < 40, `${within} of 40`);
  const [one, same] = [1, 1].map((seed) =>
    trustworthiness(map, matrix, { units, sample: 9, seed })
  );
  assert.deepEqual(await one, await same);
});

Deno.test("both refuse settings out of range, report progress and stop when aborted", async () => {
  const matrix = { data: Float64Array.of(0, 1, 2, 3), rows: 4, cols: 1 };
  const map = { weights: Float64Array.of(0, 3), width: 2, height: 1, features: 1 };
  for (const measure of [trustworthiness, neighbourhoodPreservation]) {
    await assert.rejects(measure(map, matrix, { neighbours: 2 }), /below half of 4 rows/);
    await assert.rejects(measure(map, matrix, { neighbours: 0 }), /neighbours is 0/);
    await assert.rejects(measure(map, matrix, { neighbours: 1, sample: 1 }), /sample is 1/);
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(measure(map, matrix, { neighbours: 1, signal }), /enough/);
    const heard: number[] = [];
    await measure(map, matrix, { neighbours: 1, onProgress: ({ done }) => heard.push(done) });
    assert.deepEqual(heard, [4]);
  }
});
