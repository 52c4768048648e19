import { Arena } from "feira/threads";
import fc from "fast-check";
import assert from "node:assert/strict";
import { kernelArrays, KernelMap } from "../../lib/som/search/kernel.ts";
import { RandomState } from "../../lib/som/_random_state.ts";
import { searchModule } from "../../lib/som/_search_wasm.ts";

interface Case {
  readonly width: number;
  readonly height: number;
  readonly features: number;
  readonly weights: Float64Array;
  readonly data: Float64Array;
}

interface Found {
  readonly best: readonly number[];
  readonly second: readonly number[];
  readonly squared: readonly number[];
}

type Task = (task: number, thread: number, plan: number) => void;

/** By the kernel: the two best units, and the best alone from given starts. */
function search({ width, height, features, weights, data }: Case, warm: readonly number[]) {
  const rows = data.length / features;
  const shape = { grid: { width, height }, features, rows, two: true, slice: 3 };
  const arena = new Arena(kernelArrays(shape));
  const map = new KernelMap(arena, shape);
  const { exports } = new WebAssembly.Instance(searchModule(), { env: { memory: arena.memory } });
  const all = (name: string, tasks: number) => {
    for (let task = 0; task < tasks; task++) (exports[name] as Task)(task, 0, map.plan);
  };
  map.put(weights);
  arena.views.data.set(data);
  all("fit", map.blocks);
  all("findBestTwo", map.tasks);
  const { best, second, squared } = arena.views;
  const two: Found = { best: [...best], second: [...second], squared: [...squared] };
  best.set(warm);
  all("findBest", map.tasks);
  const taken = new Float64Array(weights.length);
  map.take(taken);
  assert.deepEqual(taken, weights);
  return { two, warm: [...best] };
}

/** By looking at every neuron, features one after another. */
function searchPlainly({ width, height, features, weights, data }: Case): Found {
  const rows = data.length / features;
  const found = Array.from({ length: rows }, (_, row) => {
    const squared = Array.from({ length: width * height }, (_, neuron) => {
      let sum = 0;
      for (let d = 0; d < features; d++) {
        const difference = weights[neuron * features + d]! - data[row * features + d]!;
        sum += difference * difference;
      }
      return sum;
    });
    const ranked = squared.map((_, neuron) => neuron).sort((a, b) =>
      squared[a]! < squared[b]! ? -1 : squared[a]! > squared[b]! ? 1 : a - b
    );
    return { best: ranked[0]!, second: ranked[1] ?? -1, squared: squared[ranked[0]!]! };
  });
  return {
    best: found.map(({ best }) => best),
    second: found.map(({ second }) => second),
    squared: found.map(({ squared }) => squared),
  };
}

/** Where pruning could go wrong: few different values, so that ties and duplicates abound. */
const VALUES = {
  ties: [-1, 0, 1],
  constant: [2],
  huge: [-1e150, 0, 1e150, 3e149],
  beyond: [-1e200, 1e200, 7e199],
  edge: [3.4028234663852886e38, 3.5e38, -3.5e38, 1e38],
  tiny: [-1e-150, 1e-150, 0],
  subnormal: [5e-324, -5e-324, 1e-320, 0],
  narrow: [1e-45, 1.4e-45, -1e-46, 0],
  close: [1, 1 + 2 ** -52, 1 + 2 ** -30, 1 - 2 ** -25],
  mixed: [1e150, 1e-150, 1, -3, 0],
};

const cases = fc.record({
  width: fc.integer({ min: 1, max: 19 }),
  height: fc.integer({ min: 1, max: 19 }),
  features: fc.integer({ min: 1, max: 9 }),
  rows: fc.integer({ min: 1, max: 8 }),
  kind: fc.constantFrom(...Object.keys(VALUES) as (keyof typeof VALUES)[], "any" as const),
  seed: fc.integer({ min: 0, max: 1e6 }),
}).map(({ width, height, features, rows, kind, seed }): Case => {
  const random = new RandomState(seed);
  const draw = () => {
    if (kind === "any") return random.double() * 2 - 1;
    const values = VALUES[kind];
    return values[random.upTo(values.length - 1)]!;
  };
  const numbers = (length: number) => Float64Array.from({ length }, draw);
  return {
    ...{ width, height, features },
    weights: numbers(width * height * features),
    data: numbers(rows * features),
  };
});

Deno.test("search kernel finds the two best units exactly, on adversarial data", () => {
  fc.assert(
    fc.property(cases, fc.infiniteStream(fc.nat()), (found, starts) => {
      const rows = found.data.length / found.features;
      const neurons = found.width * found.height;
      const warm = Array.from({ length: rows }, () => starts.next().value! % (neurons + 1) - 1);
      const expected = searchPlainly(found);
      const actual = search(found, warm);
      assert.deepEqual(actual.two, expected);
      assert.deepEqual(actual.warm, expected.best);
    }),
    { numRuns: 400 },
  );
});

Deno.test("search kernel gives the lowest flat index when all neurons are alike", () => {
  for (const [width, height] of [[1, 1], [5, 3], [9, 17]] as const) {
    const weights = new Float64Array(width * height * 2).fill(3);
    const found = { width, height, features: 2, weights, data: Float64Array.of(1, 1, 3, 3) };
    const { two, warm } = search(found, [width * height - 1, -1]);
    assert.deepEqual(two.best, [0, 0]);
    assert.deepEqual(two.second, width * height > 1 ? [1, 1] : [-1, -1]);
    assert.deepEqual(two.squared, [8, 0]);
    assert.deepEqual(warm, [0, 0]);
  }
});
