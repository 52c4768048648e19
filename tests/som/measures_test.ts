import {
  activationMap,
  bestMatchingUnits,
  combinedError,
  distortion,
  explainedVariance,
  hitMap,
  type Matrix,
  neuronNeighbours,
  neuronPositions,
  quantizationError,
  type SomDistance,
  type SomMap,
  topographicError,
  trainOnline,
  uMatrix,
  winningUnits,
} from "feira/som";
import fc from "fast-check";
import assert from "node:assert/strict";
import { greatestDifference, MINISOM, readNamed, readScaled } from "./_fixtures.ts";

type Trained = (typeof MINISOM.trained)[number];

const TOLERANCE = 1e-12;

function toMap({ settings, weights }: Trained): SomMap {
  const { width, height, topology } = settings;
  return {
    weights: Float64Array.from(weights),
    width,
    height,
    features: weights.length / width / height,
    ...(topology === undefined ? {} : { topology: topology as "rectangular" | "hexagonal" }),
  };
}

const MAPS = await Promise.all(
  MINISOM.trained.map(async (found) => ({
    found,
    map: toMap(found),
    matrix: await readNamed(found.settings.data),
    distance: (found.settings.distance ?? "euclidean") as SomDistance,
    about: JSON.stringify(found.settings),
  })),
);

Deno.test("quantizationError() is MiniSom's on all its maps", async () => {
  for (const { found, map, matrix, about } of MAPS) {
    assert.ok(Math.abs(await quantizationError(map, matrix) - found.qe) < TOLERANCE, about);
  }
});

Deno.test("topographicError() is MiniSom's on all its maps, of both grids", async () => {
  const topologies = new Set<string | undefined>();
  for (const { found, map, matrix, about } of MAPS) {
    if (found.te === null) {
      await assert.rejects(topographicError(map, matrix), RangeError);
      continue;
    }
    topologies.add(map.topology);
    assert.ok(Math.abs(await topographicError(map, matrix) - found.te) < TOLERANCE, about);
  }
  assert.equal(topologies.size, 3);
});

Deno.test("uMatrix() is MiniSom's, but on hexagonal grids of even height", () => {
  let differ = 0;
  for (const { found, map, about } of MAPS) {
    if (found.uSum === null) continue;
    const sums = greatestDifference(uMatrix(map), found.uSum);
    const means = greatestDifference(uMatrix(map, { scaling: "mean" }), found.uMean);
    if (map.topology === "hexagonal" && map.height % 2 === 0 && map.width > 1) {
      assert.ok(sums > 0.001 && means > 0.001, about);
      assert.ok(greatestDifference(wallsOfEvenRows(map), found.uSum) < TOLERANCE, about);
      differ++;
    } else assert.ok(Math.max(sums, means) < TOLERANCE, about);
  }
  assert.ok(differ > 10);
});

/** The u-matrix with the neighbours that MiniSom 2.3.6 takes: even rows count as shifted. */
function wallsOfEvenRows({ weights, width, height, features }: SomMap): Float64Array {
  const walls = Float64Array.from({ length: width * height }, (_, neuron) => {
    const [x, y] = [Math.floor(neuron / height), neuron % height];
    const side = y % 2 === 0 ? -1 : 1;
    let sum = 0;
    for (const [dx, dy] of [[0, 1], [1, 0], [0, -1], [side, -1], [-1, 0], [side, 1]] as const) {
      if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
      const other = (x + dx) * height + y + dy;
      let squared = 0;
      for (let d = 0; d < features; d++) {
        squared += (weights[neuron * features + d]! - weights[other * features + d]!) ** 2;
      }
      sum += Math.sqrt(squared);
    }
    return sum;
  });
  return walls.map((wall) => wall / Math.max(...walls));
}

Deno.test("hitMap() of winningUnits() is MiniSom's response, for every distance", async () => {
  for (const { found, map, matrix, distance, about } of MAPS) {
    const units = await winningUnits(map, matrix, { distance });
    assert.deepEqual([...hitMap(map, units)], found.response, about);
  }
});

Deno.test("distortion() with exponent 1 is MiniSom's, for every neighbourhood", async () => {
  for (const { found, map, matrix, distance, about } of MAPS) {
    const bmu = await winningUnits(map, matrix, { distance });
    const measured = await distortion(map, matrix, {
      sigma: found.settings.sigma,
      neighbourhood: (found.settings.neighbourhood ?? "gaussian") as "gaussian",
      exponent: 1,
      units: { ...await bestMatchingUnits(map, matrix), bmu },
    });
    assert.ok(Math.abs(measured - found.distortion) < TOLERANCE * matrix.rows, about);
  }
});

Deno.test("distortion() adds up every neuron's share, squared or not", async () => {
  for (const { found, map, matrix, about } of MAPS.filter((_, i) => i % 6 === 0)) {
    const kind = found.settings.neighbourhood ?? "gaussian";
    if (kind === "bubble" || kind === "triangle") continue;
    const sigma = 0.9;
    const places = neuronPositions(map);
    const { bmu } = await bestMatchingUnits(map, matrix);
    let expected = 0;
    for (let i = 0; i < matrix.rows; i++) {
      for (let n = 0; n < map.width * map.height; n++) {
        const apart = (places[n * 2]! - places[bmu[i]! * 2]!) ** 2 +
          (places[n * 2 + 1]! - places[bmu[i]! * 2 + 1]!) ** 2;
        const bell = Math.exp(-apart / (2 * sigma * sigma));
        const strength = kind === "gaussian" ? bell : bell * (1 - apart / (sigma * sigma));
        for (let d = 0; d < map.features; d++) {
          const gap = matrix.data[i * map.features + d]! - map.weights[n * map.features + d]!;
          expected += strength * gap * gap;
        }
      }
    }
    const measured = await distortion(map, matrix, { sigma, neighbourhood: kind as "gaussian" });
    assert.ok(Math.abs(measured - expected) < 1e-12 * Math.abs(expected) + 1e-9, about);
  }
});

Deno.test("chebyshev is a distance here, where MiniSom takes a signed maximum", async () => {
  const { weights, sample, winner } = MINISOM.signedChebyshev;
  const map = { weights: Float64Array.from(weights), width: 3, height: 1, features: 2 };
  const matrix = { data: Float64Array.from(sample), rows: 1, cols: 2 };
  const distance = "chebyshev";
  assert.equal(winner, 2, "MiniSom takes the farthest neuron");
  assert.deepEqual([...await winningUnits(map, matrix, { distance })], [1]);
  assert.deepEqual([...activationMap(map, matrix.data, { distance })], [1, 0.5, 100]);
});

Deno.test("activationMap() is least at the winning unit, for every distance", async () => {
  for (const { map, matrix, distance } of MAPS.filter((_, i) => i % 5 === 0)) {
    const units = await winningUnits(map, matrix, { distance });
    for (let i = 0; i < matrix.rows; i += 17) {
      const sample = matrix.data.slice(i * matrix.cols, (i + 1) * matrix.cols);
      const activation = activationMap(map, sample, { distance });
      assert.equal(activation[units[i]!], Math.min(...activation));
    }
  }
});

Deno.test("activationMap() and winningUnits() refuse what does not fit, and name it", async () => {
  const map = { weights: Float64Array.of(0, 1), width: 1, height: 1, features: 2 };
  assert.throws(() => activationMap(map, Float64Array.of(1)), /sample has 1 values, must be.*2/);
  assert.throws(() => activationMap(map, Float64Array.of(1, NaN)), /NaN at column 1/);
  const matrix = { data: Float64Array.of(1, 2), rows: 2, cols: 1 };
  await assert.rejects(winningUnits(map, matrix, { distance: "cosine" }), TypeError);
  const odd = "hamming" as "cosine";
  assert.throws(() => activationMap(map, map.weights, { distance: odd }), /"hamming"/);
});

Deno.test("combinedError() is the shortest way over the grid, as all ways tell", async () => {
  for (const { found, map, matrix, about } of MAPS) {
    if (found.te === null) continue;
    const ways = allWays(map);
    const { bmu, second, distance } = await bestMatchingUnits(map, matrix);
    const neurons = map.width * map.height;
    const expected = distance.reduce(
      (sum, value, i) => sum + value + ways[bmu[i]! * neurons + second[i]!]!,
      0,
    );
    const measured = await combinedError(map, matrix);
    assert.ok(Math.abs(measured - expected / matrix.rows) < TOLERANCE, about);
    assert.ok(measured >= await quantizationError(map, matrix));
  }
  const one = { weights: Float64Array.of(1), width: 1, height: 1, features: 1 };
  await assert.rejects(
    combinedError(one, { data: Float64Array.of(1), rows: 1, cols: 1 }),
    RangeError,
  );
});

/** Floyd (1962): shortest ways between all neurons. */
function allWays(map: SomMap): Float64Array {
  const neurons = map.width * map.height;
  const ways = new Float64Array(neurons * neurons).fill(Infinity);
  for (let a = 0; a < neurons; a++) {
    for (const b of neuronNeighbours(map, a)) {
      let squared = 0;
      for (let d = 0; d < map.features; d++) {
        squared += (map.weights[a * map.features + d]! - map.weights[b * map.features + d]!) ** 2;
      }
      ways[a * neurons + b] = Math.sqrt(squared);
    }
  }
  for (let via = 0; via < neurons; via++) {
    for (let a = 0; a < neurons; a++) {
      for (let b = 0; b < neurons; b++) {
        const way = ways[a * neurons + via]! + ways[via * neurons + b]!;
        if (way < ways[a * neurons + b]!) ways[a * neurons + b] = way;
      }
    }
  }
  return ways;
}

Deno.test("explainedVariance() is 1 with a neuron on every row, 0 with all on the mean", async () => {
  const matrix: Matrix = { data: Float64Array.of(0, 0, 1, 5, 2, 1), rows: 3, cols: 2 };
  const shape = { width: 3, height: 1, features: 2 };
  assert.equal(await explainedVariance({ ...shape, weights: matrix.data }, matrix), 1);
  const weights = Float64Array.of(1, 2, 1, 2, 1, 2);
  assert.equal(await explainedVariance({ ...shape, weights }, matrix), 0);
  const flat = { data: Float64Array.of(1, 2, 1, 2), rows: 2, cols: 2 };
  await assert.rejects(explainedVariance({ ...shape, weights }, flat), /all rows are alike/);
});

Deno.test("measures do not change when data and map are moved, mirrored or scaled together", async () => {
  const { map, matrix } = MAPS.find(({ map }) => map.topology === "hexagonal" && map.width > 5)!;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -4, max: 4 }), fc.boolean(), async (power, mirrored) => {
      const factor = (mirrored ? -1 : 1) * 2 ** power;
      const scaledMap = { ...map, weights: map.weights.map((value) => value * factor) };
      const scaled = { ...matrix, data: matrix.data.map((value) => value * factor) };
      const size = Math.abs(factor);
      const before = [
        await quantizationError(map, matrix) * size,
        await topographicError(map, matrix),
        await explainedVariance(map, matrix),
        await combinedError(map, matrix) * size,
        await distortion(map, matrix, { sigma: 1 }) * size * size,
        ...uMatrix(map),
      ];
      const after = [
        await quantizationError(scaledMap, scaled),
        await topographicError(scaledMap, scaled),
        await explainedVariance(scaledMap, scaled),
        await combinedError(scaledMap, scaled),
        await distortion(scaledMap, scaled, { sigma: 1 }),
        ...uMatrix(scaledMap),
      ];
      assert.deepEqual(after, before);
    }),
    { numRuns: 10, seed: 1 },
  );
});

Deno.test("measures stop when aborted and refuse settings out of range", async () => {
  const matrix = await readScaled("iris");
  const map = await trainOnline(matrix, {
    width: 3,
    height: 3,
    sigma: 1,
    learningRate: 0.5,
    iterations: 10,
  });
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(distortion(map, matrix, { sigma: 1, signal }), /enough/);
  await assert.rejects(combinedError(map, matrix, { signal }), /enough/);
  await assert.rejects(quantizationError(map, matrix, { signal }), /enough/);
  await assert.rejects(winningUnits(map, matrix, { distance: "cosine", signal }), /enough/);
  await assert.rejects(distortion(map, matrix, { sigma: 0 }), /sigma is 0/);
  await assert.rejects(distortion(map, matrix, { sigma: 1, exponent: 3 as 2 }), /exponent is 3/);
  const heard: number[] = [];
  await distortion(map, matrix, { sigma: 1, onProgress: ({ done }) => heard.push(done) });
  assert.equal(heard.at(-1), matrix.rows);
});
