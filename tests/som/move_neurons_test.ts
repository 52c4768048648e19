import { bestMatchingUnits, moveNeurons, radiusAt, type SomMap, trainBatch } from "feira/som";
import assert from "node:assert/strict";
import fc from "fast-check";

const GRIDS = [
  { width: 5, height: 4 },
  { width: 4, height: 5, topology: "hexagonal" },
  { width: 1, height: 1 },
] as const;

/** Sums per best unit, one row after the other. */
async function sumsOf(map: SomMap, data: Float64Array): Promise<Float64Array> {
  const cols = map.features;
  const rows = data.length / cols;
  const { bmu } = await bestMatchingUnits(map, { data, rows, cols });
  const sums = new Float64Array(map.width * map.height * (cols + 1));
  bmu.forEach((unit, row) => {
    for (let d = 0; d < cols; d++) sums[unit * (cols + 1) + d]! += data[row * cols + d]!;
    sums[unit * (cols + 1) + cols]! += 1;
  });
  return sums;
}

for (const grid of GRIDS) {
  Deno.test(`moveNeurons() is an epoch of trainBatch() on ${JSON.stringify(grid)}`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 3, maxLength: 60 }),
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        async (values, radius) => {
          const cols = 3;
          const data = Float64Array.from(values.slice(0, values.length - values.length % cols));
          const matrix = { data, rows: data.length / cols, cols };
          // Whole numbers: summed, and compared, exactly in any order.
          const weights = Float64Array.from(
            { length: grid.width * grid.height * cols },
            (_, at) => at * 37 % 83 - 40,
          );
          const start = { ...grid, weights, features: cols };
          const sums = await sumsOf(start, data);
          const moved = moveNeurons(start, sums, radius);
          const expected = await trainBatch(matrix, {
            ...grid,
            ...{ epochs: 1, radiusStart: radius, radiusEnd: radius, init: start },
          });
          assert.deepEqual(moved.weights, expected.weights);
        },
      ),
      { numRuns: 30, seed: 42 },
    );
  });
}

Deno.test("moveNeurons() changes neither map nor sums", () => {
  const map = { weights: Float64Array.of(0, 5), width: 2, height: 1, features: 1 };
  const sums = Float64Array.of(3, 2, 9, 1);
  moveNeurons(map, sums, 1);
  assert.deepEqual([...map.weights, ...sums], [0, 5, 3, 2, 9, 1]);
});

Deno.test("moveNeurons() refuses sums of another map, and what cannot be summed", () => {
  const map = { weights: Float64Array.of(0, 5), width: 2, height: 1, features: 1 };
  assert.throws(() => moveNeurons(map, Float64Array.of(1, 2), 1), TypeError);
  assert.throws(() => moveNeurons(map, Float64Array.of(NaN, 1, 0, 0), 1), /NaN .* neuron 0/);
  assert.throws(() => moveNeurons(map, Float64Array.of(0, 1, 0, -1), 1), /-1 .* neuron 1/);
  assert.throws(() => moveNeurons(map, new Float64Array(4), 0), RangeError);
});

Deno.test("radiusAt() goes from start to end, by factors or by steps", () => {
  const spec = { epochs: 5, radiusStart: 16, radiusEnd: 1 };
  const of = (decay: "exponential" | "linear") =>
    [0, 1, 2, 3, 4].map((epoch) => radiusAt(epoch, { ...spec, radiusDecay: decay }));
  assert.deepEqual(of("exponential"), [16, 8, 4, 2, 1]);
  assert.deepEqual(of("linear"), [16, 12.25, 8.5, 4.75, 1]);
  assert.equal(radiusAt(0, { ...spec, epochs: 1 }), 1);
  assert.throws(() => radiusAt(5, spec), /epoch is 5, must be below 5/);
  assert.throws(() => radiusAt(-1, spec), RangeError);
});
