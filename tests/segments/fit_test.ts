import { adjustedRand } from "feira/cluster";
import { bestMatchingUnits } from "feira/som";
import { fitScaler, scale } from "feira/features";
import {
  fitOrLoad,
  fitSegmentation,
  loadModel,
  matchSegments,
  modelIdOf,
  saveModel,
} from "feira/segments";
import assert from "node:assert/strict";
import { inFolder, plantMarket, SMALL } from "./_market.ts";

const { matrix, kinds } = plantMarket(400);

Deno.test("fitSegmentation() recovers planted kinds of customers, largest first", async () => {
  const fit = await fitSegmentation(matrix, SMALL);
  assert.ok(adjustedRand(fit.segments, kinds) > 0.99);
  assert.deepEqual(fit.sizes, fit.sizes.toSorted((a, b) => b - a));
  assert.equal(fit.sizes.reduce((sum, size) => sum + size, 0), matrix.rows);
  assert.equal(fit.metrics.smallest, Math.min(...fit.sizes));
  assert.equal(fit.hits.reduce((sum, count) => sum + count, 0), matrix.rows);
  fit.units.bmu.forEach((neuron, i) => assert.equal(fit.neuronSegments[neuron], fit.segments[i]));
  assert.deepEqual(fit.elbow.map(({ k }) => k), [2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const again = await bestMatchingUnits(fit.map, scale(matrix, fitScaler(matrix)));
  assert.deepEqual(again, fit.units);
});

Deno.test("fitSegmentation() gives a customer the same segment whatever the rows' order", async () => {
  const { cols, rows } = matrix;
  const order = Array.from({ length: rows }, (_, i) => (i * 37) % rows);
  const shuffled = {
    ...matrix,
    customerIds: order.map((i) => matrix.customerIds[i]!),
    data: Float64Array.from(
      order.flatMap((i) => [...matrix.data.subarray(i * cols, (i + 1) * cols)]),
    ),
  };
  const one = await fitSegmentation(matrix, SMALL);
  const other = await fitSegmentation(shuffled, SMALL);
  order.forEach((from, to) => assert.equal(other.segments[to], one.segments[from]));
  assert.notEqual(one.modelId, other.modelId);
});

Deno.test("fitSegmentation() leaves the elbow out when told to, and nothing else", async () => {
  const { elbow: _elbow, knee: _knee, seconds: _, ...full } = await fitSegmentation(matrix, SMALL);
  const { elbow, seconds: _seconds, ...short } = await fitSegmentation(matrix, SMALL, {
    withElbow: false,
  });
  assert.deepEqual(elbow, []);
  assert.deepEqual(short, full);
});

Deno.test("matchSegments() keeps as many customers as possible in their segment", () => {
  const customerIds = Array.from("abcdefg");
  const labels = Int32Array.of(0, 0, 0, 1, 1, 2, 2);
  const published = new Map([["a", 2], ["b", 2], ["c", 1], ["d", 2], ["e", 2], ["f", 9]]);
  // Label 1 shares two with id 2, label 0 two with id 2 and one with id 1: together 3 is best.
  assert.deepEqual(matchSegments({ customerIds, labels, k: 3, published }), [1, 2, 0]);
});

Deno.test("matchSegments() gives new segments ids by size, whatever the labels", () => {
  const customerIds = Array.from("abcdef");
  assert.deepEqual(matchSegments({ customerIds, labels: Int32Array.of(2, 2, 2, 0, 0, 1), k: 3 }), [
    1,
    2,
    0,
  ]);
  const published = new Map([["x", 0]]);
  const tied = [Int32Array.of(0, 1, 1, 0, 2, 2), Int32Array.of(2, 0, 0, 2, 1, 1)];
  const ids = tied.map((labels) => {
    const match = matchSegments({ customerIds, labels, k: 3, published });
    return [...labels].map((label) => match[label]);
  });
  assert.deepEqual(ids[0], [0, 1, 1, 0, 2, 2]);
  assert.deepEqual(ids[1], ids[0]);
});

Deno.test("saveModel() and loadModel() keep everything, and refuse other data", () =>
  inFolder(async (dir) => {
    const fit = await fitSegmentation(matrix, SMALL);
    await saveModel(`${dir}/model`, fit, matrix);
    assert.deepEqual(await loadModel(`${dir}/model`, matrix), fit);

    const data = matrix.data.slice();
    data[0]! += 1;
    await assert.rejects(loadModel(`${dir}/model`, { ...matrix, data }), /was fitted on data/);
    const featureNames = matrix.featureNames.with(0, "age");
    await assert.rejects(
      loadModel(`${dir}/model`, { ...matrix, featureNames }),
      /missing .*; extra age/,
    );
    await assert.rejects(loadModel(`${dir}/none`, matrix), { kind: "data" });
    await Deno.writeTextFile(`${dir}/model/model.json`, "{}");
    await assert.rejects(
      loadModel(`${dir}/model`, matrix),
      /model.json is undefined version undefined/,
    );
  }));

Deno.test("fitOrLoad() fits once for equal settings and data, again when they change", () =>
  inFolder(async (dir) => {
    const first = await fitOrLoad(matrix, SMALL, { dir });
    const renamed = { ...SMALL, name: "other", description: "Other" };
    const second = await fitOrLoad(matrix, renamed, { dir });
    assert.deepEqual([first.reused, second.reused], [false, true]);
    assert.deepEqual(second.segmentation, { ...first.segmentation, settings: renamed });

    assert.ok(!(await fitOrLoad(matrix, { ...SMALL, k: 2 }, { dir })).reused);
    await Deno.writeTextFile(`${dir}/${await modelIdOf(matrix, SMALL)}/map.json`, "half");
    assert.ok(!(await fitOrLoad(matrix, SMALL, { dir })).reused);
  }));

Deno.test("fitOrLoad() fits again where the elbow asked for is not kept", () =>
  inFolder(async (dir) => {
    const short = await fitOrLoad(matrix, SMALL, { dir, withElbow: false });
    const again = await fitOrLoad(matrix, SMALL, { dir, withElbow: false });
    assert.deepEqual([short.reused, again.reused], [false, true]);
    const full = await fitOrLoad(matrix, SMALL, { dir });
    assert.deepEqual([full.reused, full.segmentation.elbow.length], [false, 9]);
    // What has more than is asked for is taken as it is.
    assert.ok((await fitOrLoad(matrix, SMALL, { dir, withElbow: false })).reused);
  }));
