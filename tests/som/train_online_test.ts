import {
  type Matrix,
  type Progress,
  type SomDistance,
  type SomMap,
  type SomNeighbourhood,
  trainOnline,
} from "feira/som";
import fc from "fast-check";
import assert from "node:assert/strict";
import { RandomState } from "../../lib/som/_random_state.ts";
import { greatestDifference, MINISOM, readNamed, readScaled, toSpec } from "./_fixtures.ts";

const SMALL: Matrix = { data: Float64Array.of(0, 0, 1, 2, 3, 1, 4, 4), rows: 4, cols: 2 };
const SPEC = { width: 4, height: 3, sigma: 1, learningRate: 0.5, iterations: 50 };

for (const { settings, weights } of MINISOM.trained) {
  const { data, width, height, sigma, learningRate, iterations, ...options } = settings;
  const shown = Object.entries(options).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  const title = [data, `${width}×${height}`, `${sigma}`, learningRate, iterations, ...shown].join(
    " ",
  );
  Deno.test(`trainOnline() reproduces MiniSom's weights: ${title}`, async () => {
    const map = await trainOnline(await readNamed(data), toSpec(settings));
    assert.ok(greatestDifference(map.weights, weights) < 1e-12);
    assert.equal(map.topology, settings.topology);
  });
}

Deno.test("trainOnline() takes own functions for decays, in epochs too", async () => {
  const matrix = await readScaled("iris");
  for (const useEpochs of [false, true]) {
    const steps: [number, number][] = [];
    const spec = { ...SPEC, iterations: useEpochs ? 2 : 200, useEpochs };
    const named = await trainOnline(matrix, { ...spec, learningRateDecay: "linear-to-zero" });
    const own = await trainOnline(matrix, {
      ...spec,
      learningRateDecay: (start, t, total) => {
        steps.push([t, total]);
        return start * (1 - t / total);
      },
      sigmaDecay: (start, t, total) => start / (1 + t / (total / 2)),
    });
    assert.deepEqual(own, named);
    assert.deepEqual(steps.at(0), [0, spec.iterations]);
    assert.deepEqual(steps.at(-1), [spec.iterations - 1, spec.iterations]);
  }
});

Deno.test("trainOnline() refuses what an own decay gives and names the step", async () => {
  for (const value of [NaN, Infinity, -1]) {
    const bad = (start: number, t: number) => t === 3 ? value : start;
    await assert.rejects(
      trainOnline(SMALL, { ...SPEC, sigmaDecay: bad }),
      new RegExp(`sigma decay gave ${value} at step 3, must be a finite number above 0`),
    );
    await assert.rejects(
      trainOnline(SMALL, { ...SPEC, learningRateDecay: bad }),
      new RegExp(`rate decay gave ${value} at step 3, must be from 0 to 1`),
    );
  }
  await assert.rejects(
    trainOnline(SMALL, { ...SPEC, sigmaDecay: () => 0 }),
    /sigma decay gave 0 at step 0, must be a finite number above 0/,
  );
  await assert.rejects(trainOnline(SMALL, { ...SPEC, learningRateDecay: () => 1.01 }), /gave 1.01/);
  // A learning rate may come to rest.
  await trainOnline(SMALL, { ...SPEC, learningRateDecay: () => 0 });
});

Deno.test("trainOnline() refuses values whose squares float64 cannot hold, and takes all others", async () => {
  const huge = { data: Float64Array.of(-1e152, 1e152, 0, 1), rows: 2, cols: 2 };
  for (
    const option of [{}, { topology: "hexagonal" as const }, { distance: "manhattan" as const }]
  ) {
    const { weights } = await trainOnline(huge, { ...SPEC, ...option });
    assert.ok(weights.every((weight) => Math.abs(weight) <= 1e152));
    const data = huge.data.with(1, 1.01e152);
    await assert.rejects(
      trainOnline({ ...huge, data }, { ...SPEC, ...option }),
      /found 1.01e\+152 at row 0 column 1, must be finite, of magnitude 1e\+152 at most/,
    );
  }
});

Deno.test("trainOnline() moves the best unit alone when sigma is tiny, and stays finite when it is huge", async () => {
  const options = [
    {},
    { topology: "hexagonal" },
    { topology: "hexagonal", neighbourhood: "mexican-hat" },
  ] as const;
  for (const option of options) {
    const init = await trainOnline(SMALL, { ...SPEC, ...option, sigma: 1 });
    const tiny = { ...SPEC, ...option, init, iterations: 1, sigma: 1e-200 };
    const { weights } = await trainOnline(SMALL, tiny);
    const moved = weights.filter((weight, at) => weight !== init.weights[at]).length;
    assert.ok(moved > 0 && moved <= 2, `${moved} weights moved`);
    const huge = { ...tiny, sigma: 1e200, learningRate: 1 };
    const [x, y] = (await trainOnline(SMALL, huge)).weights;
    assert.ok(SMALL.data.includes(x!) && SMALL.data.includes(y!));
  }
});

Deno.test("trainOnline() goes on from a map, and leaves it as it was", async () => {
  const first = await trainOnline(SMALL, SPEC);
  const before = first.weights.slice();
  const still = await trainOnline(SMALL, { ...SPEC, init: first, learningRateDecay: () => 0 });
  assert.deepEqual(still.weights, before);
  const further = await trainOnline(SMALL, { ...SPEC, init: first });
  assert.notDeepEqual(further.weights, before);
  assert.deepEqual(first.weights, before);
  await assert.rejects(
    trainOnline(SMALL, { ...SPEC, width: 5, init: first }),
    /init is a map of 4 × 3 × 2, must be 5 × 3 × 2/,
  );
  const broken = { ...first, weights: first.weights.with(5, NaN) };
  await assert.rejects(
    trainOnline(SMALL, { ...SPEC, init: broken }),
    /weight NaN at neuron 2 feature 1, must be finite/,
  );
});

Deno.test("trainOnline() refuses options that are none and names the choices", async () => {
  const bad = [
    [{ topology: "toroidal" }, /topology is "toroidal", must be rectangular or hexagonal/],
    [{ neighbourhood: "cone" }, /is "cone", must be gaussian, mexican-hat, bubble or triangle/],
    [{ distance: "hamming" }, /is "hamming", must be euclidean, cosine, manhattan or chebyshev/],
    [{ sigmaDecay: "linear-to-zero" }, /must be asymptotic, inverse-to-one or linear-to-one/],
    [{ learningRateDecay: "" }, /is "", must be asymptotic, inverse-to-zero or linear-to-zero/],
    [{ init: "zero" }, /init is "zero", must be random, sample, pca or pca-spread/],
    [{ fixedPoints: new Map([[4, [0, 0]]]) }, /fixed point's row is 4, must be 0\.\.3/],
    [{ fixedPoints: new Map([[0, [4, 0]]]) }, /fixed point's x is 4, must be 0\.\.3/],
    [{ fixedPoints: new Map([[0, [0, -1]]]) }, /fixed point's y is -1/],
  ] as const;
  for (const [change, message] of bad) {
    const spec = { ...SPEC, ...change } as unknown as Parameters<typeof trainOnline>[1];
    await assert.rejects(trainOnline(SMALL, spec), (error: Error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, message);
      return true;
    });
  }
});

Deno.test("trainOnline() says so when a mexican hat drives the weights out of float64", async () => {
  const matrix = await readScaled("iris");
  const wild = trainOnline(matrix, {
    ...SPEC,
    neighbourhood: "mexican-hat",
    sigma: 3,
    learningRate: 1,
    learningRateDecay: (start) => start,
    iterations: 100_000,
  });
  await assert.rejects(wild, /weights are no numbers at iteration \d+|found weight/);
});

Deno.test("trainOnline() leaves a row without a fixed point to its nearest neuron", async () => {
  const fixedPoints = new Map([[0, [3, 2]]] as const);
  const map = await trainOnline(SMALL, { ...SPEC, iterations: 2_000, fixedPoints });
  const at = (3 * 3 + 2) * 2;
  assert.ok(greatestDifference(map.weights.subarray(at, at + 2), SMALL.data.subarray(0, 2)) < 0.5);
  assert.equal(fixedPoints.size, 1);
});

/** The map with x and y changed over. */
function transpose(map: SomMap): SomMap {
  const { weights, width, height, features } = map;
  const turned = new Float64Array(weights.length);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const from = (x * height + y) * features;
      turned.set(weights.subarray(from, from + features), (y * width + x) * features);
    }
  }
  return { ...map, weights: turned, width: height, height: width };
}

/** The map with its last column first. */
function mirror(map: SomMap): SomMap {
  const { weights, width, height, features } = map;
  const column = height * features;
  const turned = new Float64Array(weights.length);
  for (let x = 0; x < width; x++) {
    turned.set(weights.subarray(x * column, (x + 1) * column), (width - 1 - x) * column);
  }
  return { ...map, weights: turned };
}

Deno.test("trainOnline() knows no direction: a turned or mirrored start gives a turned or mirrored map", async () => {
  const problem = fc.record({
    // Numbers drawn evenly do not tie; among ties the lowest index wins, another after turning.
    seed: fc.integer({ min: 0, max: 1e6 }),
    neighbourhood: fc.constantFrom<SomNeighbourhood>("gaussian", "bubble", "triangle"),
    distance: fc.constantFrom<SomDistance>("euclidean", "cosine", "manhattan", "chebyshev"),
  });
  await fc.assert(
    fc.asyncProperty(problem, async ({ seed, ...options }) => {
      const random = new RandomState(seed);
      const draw = (length: number) => Float64Array.from({ length }, () => random.double() * 4 - 2);
      const start: SomMap = { weights: draw(24), width: 4, height: 3, features: 2 };
      const matrix = { data: draw(20), rows: 10, cols: 2 };
      const train = (init: SomMap) =>
        trainOnline(matrix, { ...SPEC, ...options, ...shapeOf(init), learningRate: 0.2, init });
      const { weights: expected } = await train(start);
      for (const turn of [transpose, mirror]) {
        const turned = turn(await train(turn(start)));
        assert.ok(greatestDifference(turned.weights, expected) < 1e-9);
      }
    }),
    { numRuns: 60, seed: 1 },
  );
});

function shapeOf({ width, height }: SomMap) {
  return { width, height };
}

Deno.test("trainOnline() with any option reports progress, and stops when aborted", async () => {
  const matrix = await readScaled("iris");
  const options = [{}, { topology: "hexagonal" as const }, { distance: "cosine" as const }];
  for (const option of options) {
    const heard: number[] = [];
    const onProgress = ({ done, total }: Progress) => heard.push(done / total);
    await trainOnline(matrix, { ...SPEC, ...option, onProgress });
    assert.equal(heard.at(-1), 1);
    const controller = new AbortController();
    const long = trainOnline(matrix, {
      ...SPEC,
      ...option,
      iterations: 20_000,
      useEpochs: true,
      onProgress: () => controller.abort(new Error("enough")),
      signal: controller.signal,
    });
    await assert.rejects(long, /enough/);
  }
});

Deno.test("trainOnline() follows data that are moved", async () => {
  const matrix = await readScaled("iris");
  for (const distance of ["euclidean", "manhattan", "chebyshev"] as const) {
    const moved = { ...matrix, data: matrix.data.map((value) => value + 3) };
    const spec = { ...SPEC, distance, iterations: 500 };
    const { weights } = await trainOnline(moved, spec);
    const expected = (await trainOnline(matrix, spec)).weights.map((weight) => weight + 3);
    assert.ok(greatestDifference(weights, expected) < 1e-12);
  }
});

Deno.test("trainOnline() follows data that are scaled or mirrored, to the bit", async () => {
  const rows = fc.array(
    fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })),
    { minLength: 2, maxLength: 12 },
  );
  const distance = fc.constantFrom<SomDistance>("euclidean", "manhattan", "chebyshev");
  const topology = fc.constantFrom("rectangular" as const, "hexagonal" as const);
  await fc.assert(
    fc.asyncProperty(rows, distance, topology, async (points, distance, topology) => {
      const data = Float64Array.from(points.flat());
      const train = (values: Float64Array) =>
        trainOnline({ data: values, rows: points.length, cols: 2 }, {
          ...SPEC,
          distance,
          topology,
        });
      const { weights } = await train(data);
      // Powers of two and their products are exact: not one bit may differ.
      assert.deepEqual((await train(data.map((v) => v * 4))).weights, weights.map((w) => w * 4));
      assert.deepEqual((await train(data.map((v) => -v))).weights, weights.map((w) => 0 - w));
    }),
    { numRuns: 40, seed: 1 },
  );
});
