import { fitScaler, scale } from "feira/features";
import { fitSegmentation, segmentMargins } from "feira/segments";
import fc from "fast-check";
import assert from "node:assert/strict";
import { plantMarket, SMALL } from "./_market.ts";

type Points = readonly (readonly number[])[];

const toMatrix = (points: Points) => ({
  data: Float64Array.from(points.flat()),
  rows: points.length,
  cols: points[0]!.length,
});

/** By the definition, one distance after the other. */
function plainMargins(rows: Points, prototypes: Points, owners: readonly number[]) {
  const far = (a: readonly number[], b: readonly number[]) =>
    Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0));
  return rows.map((row) => {
    const all = prototypes.map((prototype) => far(row, prototype));
    const segment = owners[all.indexOf(Math.min(...all))]!;
    const least = (isOwn: boolean) =>
      Math.min(...all.filter((_, at) => (owners[at] === segment) === isOwn));
    const [own, other] = [least(true), least(false)];
    return { segment, margin: other === 0 ? 0 : 1 - own / other };
  });
}

Deno.test("segmentMargins() gives what is worked out by hand", async () => {
  // On the plane, segment 0 at (0, 0) and (0, 4), segment 1 at (6, 0).
  const prototypes = Float64Array.of(0, 0, 0, 4, 6, 0);
  const owners = [0, 0, 1];
  const rows = [[0, 0], [3, 4], [6, 8], [3, 0], [2, 0]];
  const margins = await segmentMargins(toMatrix(rows), {
    prototypes,
    owners,
    segments: [0, 0, 0, 0, 0],
  });
  // Distances to the own segment 0, 3, √52, 3, 2; to the other 6, 5, 8, 3, 4.
  assert.deepEqual([...margins], [1, 1 - 3 / 5, 1 - Math.sqrt(52) / 8, 0, 0.5]);
});

Deno.test("segmentMargins() is 1 where there is no other segment, and 0 on neurons of two", async () => {
  const matrix = toMatrix([[1], [5]]);
  const alone = { prototypes: Float64Array.of(1, 2), owners: [3, 3], segments: [3, 3] };
  assert.deepEqual([...await segmentMargins(matrix, alone)], [1, 1]);
  const twins = { prototypes: Float64Array.of(1, 1, 9), owners: [0, 1, 1], segments: [0, 1] };
  assert.deepEqual([...await segmentMargins(matrix, twins)], [0, 0]);
});

Deno.test("segmentMargins() is the definition's, to the last bit or nearly, for any rows", async () => {
  const coordinate = fc.integer({ min: -40, max: 40 }).map((n) => n / 4);
  const point = fc.tuple(coordinate, coordinate, coordinate);
  await fc.assert(
    fc.asyncProperty(
      fc.array(point, { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(point, fc.nat(3)), { minLength: 1, maxLength: 9 }),
      async (rows, named) => {
        const prototypes = named.map(([at]) => at);
        const owners = named.map(([, owner]) => owner);
        const expected = plainMargins(rows, prototypes, owners);
        const found = await segmentMargins(toMatrix(rows), {
          prototypes: Float64Array.from(prototypes.flat()),
          owners,
          segments: expected.map(({ segment }) => segment),
        });
        // Quarters have exact squares and sums, so that the order of sums cannot matter.
        assert.deepEqual([...found], expected.map(({ margin }) => margin));
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("segmentMargins() agrees with the map's own search on a planted market", async () => {
  const { matrix } = plantMarket(300);
  const { map, neuronSegments, segments, units } = await fitSegmentation(matrix, SMALL);
  const scaled = scale(matrix, fitScaler(matrix));
  const before = scaled.data.slice();
  const margins = await segmentMargins(scaled, {
    prototypes: map.weights,
    owners: neuronSegments,
    segments,
  });
  const rowOf = (data: Float64Array, i: number) => [...data.subarray(i * 12, (i + 1) * 12)];
  const expected = plainMargins(
    Array.from({ length: matrix.rows }, (_, i) => rowOf(scaled.data, i)),
    [...neuronSegments.keys()].map((neuron) => rowOf(map.weights, neuron)),
    [...neuronSegments],
  );
  margins.forEach((margin, i) => {
    assert.ok(margin >= 0 && margin <= 1);
    assert.ok(Math.abs(margin - expected[i]!.margin) < 1e-12, `row ${i}`);
    // Where the second best unit is of another segment, it is the nearest of any other.
    const second = units.second[i]!;
    if (neuronSegments[second] === segments[i]) return;
    const other = Math.hypot(
      ...rowOf(scaled.data, i).map((v, d) => v - map.weights[second * 12 + d]!),
    );
    assert.ok(Math.abs(margin - (1 - units.distance[i]! / other)) < 1e-12, `row ${i}`);
  });
  assert.deepEqual(scaled.data, before);
});

Deno.test("segmentMargins() refuses what does not fit", async () => {
  const matrix = toMatrix([[1], [5]]);
  const good = { prototypes: Float64Array.of(1, 6), owners: [0, 1], segments: [0, 1] };
  await assert.rejects(
    segmentMargins(matrix, { ...good, owners: [0] }),
    /found 2 weights of 1 prototypes and 2 segments of 2 rows, must be 1 weights each/,
  );
  await assert.rejects(segmentMargins(matrix, { ...good, segments: [0] }), TypeError);
  await assert.rejects(
    segmentMargins(matrix, { ...good, segments: [0, 2] }),
    /found no prototype of segment 2, must have one/,
  );
  await assert.rejects(segmentMargins(matrix, { ...good, segments: [0, 0] }), {
    name: "RangeError",
    message: /row 1 is 4 from its segment and 1 from another, must be nearer to its own/,
  });
});
