import {
  type BatchSpec,
  bestMatchingUnits,
  distortion,
  type Matrix,
  type SomMap,
  trainBatch,
} from "feira/som";
import fc from "fast-check";
import assert from "node:assert/strict";
import { withEngine } from "../../lib/som/_engine.ts";
import { greatestDifference, readScaled } from "./_fixtures.ts";

const SPEC = { width: 6, height: 4, epochs: 6, radiusStart: 2, radiusEnd: 0.5 };
const TOPOLOGIES = ["rectangular", "hexagonal"] as const;

/** Rows on a coarse lattice, so that ties and duplicates are common. */
const lattice = fc.record({
  cols: fc.integer({ min: 1, max: 5 }),
  width: fc.integer({ min: 1, max: 10 }),
  height: fc.integer({ min: 1, max: 10 }),
  topology: fc.constantFrom(...TOPOLOGIES),
  rows: fc.integer({ min: 1, max: 40 }),
  values: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 200, maxLength: 200 }),
}).map(({ rows, cols, values, ...grid }) => ({
  matrix: { data: Float64Array.from(values.slice(0, rows * cols)), rows, cols },
  ...grid,
}));

/** A matrix large enough for many tasks, made from a seed by a linear congruence. */
function manyRows(rows: number, cols: number): Matrix {
  let state = 7;
  const data = Float64Array.from({ length: rows * cols }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  return { data, rows, cols };
}

/** Batch training as its definition says it, on the places of the neurons in the plane. */
function trainPlainly(
  { data, rows, cols }: Matrix,
  start: SomMap,
  { rowWeights, radius }: { rowWeights: ArrayLike<number>; radius: number },
): Float64Array {
  const { width, height, topology } = start;
  const isHexagonal = topology === "hexagonal";
  const places = Array.from({ length: width * height }, (_, n) => {
    const [x, y] = [Math.floor(n / height), n % height];
    const isShifted = isHexagonal && (height - 1 - y) % 2 === 0;
    return [isShifted ? x - 0.5 : x, isHexagonal ? y * Math.sqrt(3) / 2 : y] as const;
  });
  const sums = new Float64Array(width * height * cols);
  const shares = new Float64Array(width * height);
  for (let i = 0; i < rows; i++) {
    const gaps = places.map((_, n) =>
      Array.from({ length: cols }).reduce<number>(
        (sum, _, d) => sum + (start.weights[n * cols + d]! - data[i * cols + d]!) ** 2,
        0,
      )
    );
    const [bx, by] = places[gaps.indexOf(Math.min(...gaps))]!;
    places.forEach(([x, y], n) => {
      const squared = (x - bx) ** 2 + (y - by) ** 2;
      const share = rowWeights[i]! * Math.exp(-squared / (2 * radius ** 2));
      shares[n]! += share;
      for (let d = 0; d < cols; d++) sums[n * cols + d]! += share * data[i * cols + d]!;
    });
  }
  return sums.map((sum, at) => sum / shares[Math.floor(at / cols)]!);
}

Deno.test("trainBatch() does what its definition says on both grids, with and without weights", async () => {
  const matrix = await readScaled("iris");
  const ones = new Float64Array(matrix.rows).fill(1);
  const uneven = ones.map((_, i) => (i % 5) / 2);
  for (const topology of TOPOLOGIES) {
    for (const weights of [ones, uneven]) {
      const grid = { width: 7, height: 5, topology };
      const start = await trainBatch(matrix, { ...SPEC, ...grid });
      for (const radius of [2.5, 0.9]) {
        const spec = { ...grid, epochs: 1, radiusStart: radius, radiusEnd: radius };
        const { weights: got } = await trainBatch(matrix, { ...spec, init: start, weights });
        const expected = trainPlainly(matrix, start, { rowWeights: weights, radius });
        // What lies beyond six radii is left out.
        assert.ok(greatestDifference(got, expected) < 1e-6, `${topology} ${radius}`);
      }
    }
  }
});

Deno.test("trainBatch() gives the same bits for every number of threads, and as plain TypeScript", async () => {
  const cases: [Matrix, Partial<BatchSpec>][] = [
    [manyRows(3000, 12), { width: 20, height: 9 }],
    [manyRows(1500, 5), { width: 17, height: 16, topology: "hexagonal" }],
    [manyRows(700, 1), { width: 1, height: 30 }],
    [manyRows(300, 13), { weights: Float64Array.from({ length: 300 }, (_, i) => i % 4 / 3) }],
  ];
  for (const [matrix, options] of cases) {
    const spec = { ...SPEC, ...options };
    const expected = await withEngine("plain", () => trainBatch(matrix, spec));
    for (const threads of [1, 2, 3, 7]) {
      assert.deepEqual(await trainBatch(matrix, { ...spec, threads }), expected);
    }
  }
});

Deno.test("trainBatch() gives the same bits as plain TypeScript on ties, duplicates and any shape", async () => {
  await fc.assert(
    fc.asyncProperty(lattice, async ({ matrix, ...grid }) => {
      const spec = { ...SPEC, ...grid, epochs: 3 };
      assert.deepEqual(
        await withEngine("kernel", () => trainBatch(matrix, spec)),
        await withEngine("plain", () => trainBatch(matrix, spec)),
      );
    }),
    { numRuns: 60 },
  );
});

Deno.test("trainBatch() gives the same map to 1e-9 for rows in any order", async () => {
  const { data, rows, cols } = await readScaled("iris");
  for (const topology of TOPOLOGIES) {
    const spec = { ...SPEC, topology };
    const one = await trainBatch({ data, rows, cols }, spec);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(1e9)), async (keys) => {
        const order = Array.from({ length: rows }, (_, i) => [keys.next().value!, i] as const)
          .sort(([a], [b]) => a - b);
        const mixed = order.flatMap(([, i]) => [...data.subarray(i * cols, (i + 1) * cols)]);
        const other = await trainBatch({ data: Float64Array.from(mixed), rows, cols }, spec);
        assert.ok(greatestDifference(one.weights, other.weights) < 1e-9);
      }),
      { numRuns: 5 },
    );
  }
});

Deno.test("an epoch of trainBatch() never raises the distortion that it minimises", async () => {
  await fc.assert(
    fc.asyncProperty(
      lattice,
      fc.double({ min: 0.2, max: 6, noNaN: true }),
      async ({ matrix, ...grid }, radius) => {
        const before = await trainBatch(matrix, { ...SPEC, ...grid, init: "sample" });
        const units = await bestMatchingUnits(before, matrix);
        const still = { ...grid, epochs: 1, radiusStart: radius, radiusEnd: radius };
        const after = await trainBatch(matrix, { ...still, init: before });
        // At the best units of before: the step moves neurons, the next search the units.
        const measure = { sigma: radius, units };
        const [was, is] = [
          await distortion(before, matrix, measure),
          await distortion(after, matrix, measure),
        ];
        assert.ok(is <= was * (1 + 1e-6) + 1e-12, `${was} → ${is}`);
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("trainBatch() ends with less distortion at its last radius than it started with", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom(...TOPOLOGIES), async (seed, topology) => {
      const matrix = await readScaled("wine");
      const spec = { ...SPEC, width: 7, topology, seed, init: "sample" } as const;
      const end = await trainBatch(matrix, spec);
      const first = await trainBatch(matrix, { ...spec, epochs: 1, radiusEnd: 2 });
      const sigma = spec.radiusEnd;
      assert.ok(
        await distortion(end, matrix, { sigma }) < await distortion(first, matrix, { sigma }),
      );
    }),
    { numRuns: 10 },
  );
});

Deno.test("trainBatch() takes whole weights as so many equal rows", async () => {
  const { data, rows, cols } = await readScaled("iris");
  const weights = Float64Array.from({ length: rows }, (_, i) => i % 4);
  const repeated = Array.from({ length: rows }, (_, i) => i).flatMap((i) =>
    Array.from({ length: weights[i]! }, () => [...data.subarray(i * cols, (i + 1) * cols)])
  );
  const copies = { data: Float64Array.from(repeated.flat()), rows: repeated.length, cols };
  for (const init of ["pca", "pca-spread"] as const) {
    const weighted = await trainBatch({ data, rows, cols }, { ...SPEC, init, weights });
    const plain = await trainBatch(copies, { ...SPEC, init });
    assert.ok(greatestDifference(weighted.weights, plain.weights) < 1e-9);
  }
});

Deno.test("trainBatch() takes equal weights as none, whatever their size", async () => {
  const matrix = await readScaled("iris");
  const { weights } = await trainBatch(matrix, SPEC);
  for (const weight of [1, 1e-200, 1e200]) {
    const equal = new Float64Array(matrix.rows).fill(weight);
    const other = await trainBatch(matrix, { ...SPEC, weights: equal });
    assert.ok(greatestDifference(other.weights, weights) < 1e-9);
  }
});

Deno.test("trainBatch() starts from rows that count, where it draws them", async () => {
  const matrix = { data: Float64Array.of(1, 5, 9), rows: 3, cols: 1 };
  const spec = { width: 2, height: 2, epochs: 1, radiusStart: 1e-3, radiusEnd: 1e-3 };
  const weights = Float64Array.of(0, 2, 0);
  const map = await trainBatch(matrix, { ...spec, init: "sample", weights });
  assert.deepEqual([...map.weights], [5, 5, 5, 5]);
});

Deno.test("trainBatch() goes on from a map as if it had not stopped, and leaves it as it was", async () => {
  const matrix = await readScaled("iris");
  for (const topology of TOPOLOGIES) {
    const still = { ...SPEC, topology, radiusStart: 1, radiusEnd: 1 };
    const whole = await trainBatch(matrix, { ...still, epochs: 7 });
    const half = await trainBatch(matrix, { ...still, epochs: 3 });
    const before = half.weights.slice();
    const rest = await trainBatch(matrix, { ...still, epochs: 4, init: half });
    assert.ok(greatestDifference(rest.weights, whole.weights) < 1e-9);
    assert.deepEqual(half.weights, before);
    assert.equal(rest.topology, topology);
  }
});

Deno.test("trainBatch() lets the radius shrink by the same factor or by the same step", async () => {
  const matrix = await readScaled("iris");
  const spec = { ...SPEC, epochs: 3, radiusStart: 4, radiusEnd: 1 };
  for (const [radiusDecay, middle] of [["exponential", 2], ["linear", 2.5]] as const) {
    const whole = await trainBatch(matrix, { ...spec, radiusDecay });
    let map: SomMap | undefined;
    for (const radius of [4, middle, 1]) {
      const still = { ...spec, epochs: 1, radiusStart: radius, radiusEnd: radius };
      map = await trainBatch(matrix, { ...still, ...(map ? { init: map } : {}) });
    }
    assert.ok(greatestDifference(map!.weights, whole.weights) < 1e-9, radiusDecay);
  }
});

Deno.test("trainBatch() copes with one row, one neuron, constant columns and more neurons than rows", async () => {
  const cases: [Matrix, number, number][] = [
    [{ data: Float64Array.of(3, 4), rows: 1, cols: 2 }, 5, 3],
    [{ data: Float64Array.of(1, 2, 3, 8), rows: 2, cols: 2 }, 1, 1],
    [{ data: Float64Array.of(7, 7, 7, 7, 7, 7), rows: 3, cols: 2 }, 4, 4],
    [{ data: Float64Array.of(1, 2, 9), rows: 3, cols: 1 }, 9, 9],
  ];
  for (const [matrix, width, height] of cases) {
    for (const topology of TOPOLOGIES) {
      const { weights } = await trainBatch(matrix, {
        ...SPEC,
        width,
        height,
        topology,
        threads: 2,
      });
      const [least, most] = [Math.min(...matrix.data), Math.max(...matrix.data)];
      assert.ok(weights.every((weight) => weight >= least - 1e-9 && weight <= most + 1e-9));
    }
  }
  const { weights } = await trainBatch(cases[1]![0], { ...SPEC, width: 1, height: 1 });
  assert.deepEqual([...weights], [2, 5], "one neuron is the mean");
});

Deno.test("trainBatch() moves best units alone when the radius is next to nothing", async () => {
  const matrix = { data: Float64Array.of(0, 1, 9, 10), rows: 4, cols: 1 };
  const init = { weights: Float64Array.of(1, 20, 8), width: 3, height: 1, features: 1 };
  for (const radius of [1e-3, 1e-200]) {
    const spec = { width: 3, height: 1, epochs: 1, radiusStart: radius, radiusEnd: radius };
    for (const topology of TOPOLOGIES) {
      const { weights } = await trainBatch(matrix, { ...spec, init, topology });
      assert.deepEqual([...weights], [0.5, 20, 9.5]);
    }
  }
});

Deno.test("trainBatch() refuses bad settings and values, by name and place", async () => {
  const matrix = { data: Float64Array.of(0, 1, 2, 3, 4, 5), rows: 3, cols: 2 };
  const cases: [Partial<BatchSpec>, RegExp][] = [
    [{ threads: 0 }, /^RangeError: Cannot train map: threads is 0, must be a whole number from 1/],
    [{ threads: 65 }, /threads is 65/],
    [{ epochs: 0 }, /epochs is 0/],
    [{ radiusStart: NaN }, /radiusStart is NaN/],
    [{ radiusEnd: 0 }, /radiusEnd is 0/],
    [{ radiusEnd: 3 }, /radiusEnd is 3, must be at most radiusStart 2/],
    [
      { radiusDecay: "cosine" as "linear" },
      /radiusDecay is "cosine", must be exponential or linear/,
    ],
    [
      { weights: new Float64Array(2) },
      /^TypeError: .*found 2 weights, must be one for each of 3 rows/,
    ],
    [
      { weights: Float64Array.of(1, -1, 1) },
      /^RangeError: .*weight of row 1 is -1, must be a finite/,
    ],
    [{ weights: Float64Array.of(1, 1, NaN) }, /weight of row 2 is NaN/],
    [{ weights: Float64Array.of(1, Infinity, 1) }, /weight of row 1 is Infinity/],
    [{ weights: new Float64Array(3) }, /weights are all 0/],
  ];
  for (const [options, message] of cases) {
    await assert.rejects(trainBatch(matrix, { ...SPEC, ...options }), message);
  }
  for (const value of [NaN, Infinity, -Infinity]) {
    const data = Float64Array.of(0, 1, 2, 3, 4, value);
    const message = new RegExp(`found ${value} at row 2 column 1, must be finite`);
    await assert.rejects(trainBatch({ ...matrix, data }, SPEC), message);
  }
});

Deno.test("trainBatch() and bestMatchingUnits() stop in the middle and tell how far they are", async () => {
  const matrix = manyRows(20_000, 12);
  const grid = { width: 40, height: 40 };
  const spec = { ...SPEC, ...grid, epochs: 10_000 };
  const map = await trainBatch(matrix, { ...spec, epochs: 1 });
  for (const engine of ["kernel", "plain"] as const) {
    for (const threads of [1, 2]) {
      const abort = new AbortController();
      const reason = new Error("enough");
      let last = -1;
      const run = {
        threads,
        signal: abort.signal,
        onProgress: ({ done, total }: { done: number; total: number }) => {
          assert.ok(done >= last && done <= total);
          last = done;
          abort.abort(reason);
        },
      };
      await withEngine(engine, async () => {
        await assert.rejects(trainBatch(matrix, { ...spec, ...run }), reason);
        assert.ok(last < 10_000 * matrix.rows);
        await assert.rejects(bestMatchingUnits(map, matrix, run), reason);
      });
    }
  }
});

Deno.test("trainBatch() reports its end once, after all that came before", async () => {
  const reports: number[] = [];
  await trainBatch(manyRows(2000, 12), {
    ...SPEC,
    epochs: 60,
    onProgress: ({ done, total }) => reports.push(done / total),
  });
  assert.deepEqual(reports, reports.toSorted((a, b) => a - b));
  assert.equal(reports.filter((share) => share === 1).length, 1);
});

Deno.test("bestMatchingUnits() gives the same bits for every number of threads, and as plain TypeScript", async () => {
  const matrix = manyRows(5000, 7);
  const map = await trainBatch(matrix, { ...SPEC, width: 19, height: 13 });
  const expected = await withEngine("plain", () => bestMatchingUnits(map, matrix));
  for (const threads of [1, 2, 3, 7]) {
    assert.deepEqual(await bestMatchingUnits(map, matrix, { threads }), expected);
  }
});
