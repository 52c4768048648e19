import { adjustedRand } from "feira/cluster";
import { toScaledFeatures } from "feira/features";
import {
  chooseTrial,
  fitSegmentation,
  loadModel,
  loadSubdivisions,
  saveModel,
  STABLE_RAND,
  subdivide,
  type SubdivisionTrial,
} from "feira/segments";
import assert from "node:assert/strict";
import { inFolder, SMALL } from "./_market.ts";
import { plantKinds } from "./_planted_market.ts";

const QUICK = { resamples: 3, restarts: 3, from: 4, to: 7 };
const { matrix, segments: kinds, subsegments } = plantKinds({ rows: 900, seed: 5 });
const segmentation = await fitSegmentation(matrix, SMALL);
const [subdivision, ...others] = await subdivide(matrix, segmentation, QUICK);

Deno.test("subdivide() finds the planted parts of the one large segment", () => {
  assert.deepEqual(others, []);
  const { parent, rows, labels, k, sizes, ids, centroids, features, trials } = subdivision!;
  assert.equal(segmentation.sizes[parent], rows.length);
  rows.forEach((row) => assert.equal(segmentation.segments[row], parent));
  const mainstream = kinds[rows[0]!];
  const planted = Array.from(rows, (row) => kinds[row] === mainstream ? subsegments[row]! : "");
  const distinct = [...new Set(planted)];
  assert.ok(adjustedRand(labels, planted.map((name) => distinct.indexOf(name))) > 0.9);

  assert.deepEqual(sizes, sizes.toSorted((a, b) => b - a));
  assert.deepEqual(
    sizes,
    Array.from({ length: k }, (_, c) => labels.filter((each) => each === c).length),
  );
  assert.deepEqual(ids, Array.from({ length: k }, (_, c) => 100 * (parent + 1) + c));
  assert.equal(centroids.length, k * features.scaler.featureNames.length);
  assert.equal(features.preset, "refined");
  assert.deepEqual(trials?.map((trial) => trial.k), [4, 5, 6, 7]);
});

Deno.test("subdivide() gives every customer the nearest of its centroids", () => {
  const { rows, labels, k, centroids, features } = subdivision!;
  const { data, cols } = toScaledFeatures(matrix, features);
  rows.forEach((row, at) => {
    const distances = Array.from({ length: k }, (_, c) => {
      const own = data.subarray(row * cols, (row + 1) * cols);
      return own.reduce((sum, value, d) => sum + (value - centroids[c * cols + d]!) ** 2, 0);
    });
    assert.equal(distances.indexOf(Math.min(...distances)), labels[at]);
  });
});

Deno.test("subdivide() is the same whatever the order of the rows, and leaves the matrix", async () => {
  const before = matrix.data.slice();
  const order = Array.from({ length: matrix.rows }, (_, i) => (i * 41) % matrix.rows);
  const shuffled = {
    ...matrix,
    customerIds: order.map((row) => matrix.customerIds[row]!),
    data: Float64Array.from(
      order.flatMap((row) => [...matrix.data.subarray(row * 12, row * 12 + 12)]),
    ),
  };
  const segments = Int32Array.from(order, (row) => segmentation.segments[row]!);
  const [other] = await subdivide(shuffled, { segments, sizes: segmentation.sizes }, QUICK);
  const { rows: _rows, labels: _labels, ...rest } = other!;
  const { rows, labels, ...expected } = subdivision!;
  assert.deepEqual(rest, expected);
  const labelOf = new Map(Array.from(rows, (row, at) => [matrix.customerIds[row], labels[at]]));
  other!.rows.forEach((row, at) =>
    assert.equal(other!.labels[at], labelOf.get(shuffled.customerIds[row]))
  );
  assert.deepEqual(matrix.data, before);
});

Deno.test("subdivide() leaves a segment alone that holds half of the customers or fewer", async () => {
  const segments = Int32Array.from({ length: matrix.rows }, (_, row) => row % 2);
  assert.deepEqual(await subdivide(matrix, { segments, sizes: [450, 450] }, QUICK), []);
});

Deno.test("subdivide() never leaves fewer customers than it may, and divides none where it would", async () => {
  const [fewer] = await subdivide(matrix, segmentation, { from: 2, to: 6, leastCustomers: 120 });
  assert.ok(Math.min(...fewer!.sizes) >= 120);
  assert.ok(fewer!.trials!.length < 5);
  const rows = segmentation.sizes[0]!;
  assert.deepEqual(await subdivide(matrix, segmentation, { ...QUICK, leastCustomers: rows }), []);
  // Customers who are all the same cannot be told apart.
  const same = matrix.data.map((_, at) => matrix.data[at % 12]!);
  assert.deepEqual(await subdivide({ ...matrix, data: same }, segmentation, QUICK), []);
});

Deno.test("chooseTrial() takes the largest stable k, else the most stable", () => {
  const toTrials = (...rands: number[]): SubdivisionTrial[] =>
    rands.map((leastRand, at) => ({ k: at + 2, leastRand, meanRand: 1, inertia: 1, smallest: 50 }));
  assert.equal(chooseTrial(toTrials(1, STABLE_RAND, STABLE_RAND - 1e-9))?.k, 3);
  assert.equal(chooseTrial(toTrials(0.5, 0.7, 0.2))?.k, 3);
  assert.equal(chooseTrial(toTrials(0.5, 0.7, 0.7))?.k, 4);
  assert.equal(chooseTrial([]), undefined);
});

Deno.test("saveModel() keeps the second level, and loadSubdivisions() finds what is damaged", () =>
  inFolder(async (dir) => {
    const folder = `${dir}/model`;
    await saveModel(folder, segmentation, matrix, { subdivisions: [subdivision!] });
    assert.deepEqual(await loadSubdivisions(folder), [subdivision]);
    assert.deepEqual(await loadModel(folder, matrix), segmentation);

    const path = `${folder}/subdivisions.json`;
    const whole = await Deno.readTextFile(path);
    const damage: [(text: string) => string, RegExp][] = [
      [(text) => text.slice(0, -20), /must be a folder of saveModel/],
      [(text) => text.replace('"version":1', '"version":7'), /version 7, must be/],
      [(text) => text.replace(/"k":\d+/, '"k":3'), /must be a folder of saveModel/],
      [(text) => text.replace(/"labels":"..../, '"labels":"'), /must be a folder of saveModel/],
      [(text) => text.replace(/"labels":"..../, '"labels":"BBBB'), /has labels of/],
      [(text) => text.replace(/"mean":\[/, '"mean":[null,'), /must be 5 finite numbers/],
    ];
    for (const [harm, message] of damage) {
      const text = harm(whole.replaceAll(/:\s+/g, ":"));
      await Deno.writeTextFile(path, text);
      await assert.rejects(loadSubdivisions(folder), { kind: "data", message });
    }
    await Deno.remove(path);
    await assert.rejects(loadSubdivisions(folder), { kind: "data" });
    await saveModel(folder, segmentation, matrix);
    assert.deepEqual(await loadSubdivisions(folder), []);
  }));
