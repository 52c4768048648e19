import { adjustedRand, gaussianMixture, wardClusters } from "feira/cluster";
import assert from "node:assert/strict";
import cases from "../fixtures/cluster/methods.json" with { type: "json" };
import { makeClusters } from "./_fixtures.ts";

for (const { rows, cols, k, data, ward, mixture, means, logLikelihood } of cases) {
  const matrix = { data: Float64Array.from(data), rows, cols };

  Deno.test(`wardClusters() finds scipy's clusters of ${rows} × ${cols} in ${k}`, async () => {
    assert.equal(adjustedRand(await wardClusters(matrix, { k }), ward), 1);
  });

  Deno.test(`gaussianMixture() finds scikit-learn's of ${rows} × ${cols} in ${k}`, async () => {
    const found = await gaussianMixture(matrix, { k, tolerance: 1e-9 });
    assert.ok(found.converged);
    assert.ok(Math.abs(found.logLikelihood - logLikelihood) < 1e-6, `${found.logLikelihood}`);
    assert.equal(adjustedRand(found.labels, mixture), 1);
    const sorted = Array.from(
      { length: k },
      (_, c) => [...found.means.slice(c * cols, c * cols + cols)],
    )
      .sort((a, b) => a[0]! - b[0]!);
    sorted.flat().forEach((value, at) => {
      assert.ok(Math.abs(value - means.flat()[at]!) < 1e-4, `mean ${at}`);
    });
    assert.ok(Math.abs(found.shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
  });
}

Deno.test("wardClusters() takes k = 1, k = rows, and rows that repeat", async () => {
  const matrix = { data: Float64Array.of(3, 1, 3, 2), rows: 4, cols: 1 };
  assert.deepEqual([...await wardClusters(matrix, { k: 1 })], [0, 0, 0, 0]);
  assert.deepEqual([...await wardClusters(matrix, { k: 4 })], [0, 1, 2, 3]);
  assert.deepEqual([...await wardClusters(matrix, { k: 3 })], [0, 1, 0, 2]);
  for (const k of [0, 5, 1.5]) {
    await assert.rejects(wardClusters(matrix, { k }), RangeError);
  }
});

Deno.test("gaussianMixture() takes rows that are all the same, and says when it was cut off", async () => {
  const same = { data: new Float64Array(20).fill(7), rows: 10, cols: 2 };
  const { labels, shares } = await gaussianMixture(same, { k: 1 });
  assert.deepEqual([...labels], new Array(10).fill(0));
  assert.ok(Math.abs(shares[0]! - 1) < 1e-9);
  const { matrix } = makeClusters({ rows: 40, cols: 2, k: 2 });
  const before = matrix.data.slice();
  const one = await gaussianMixture(matrix, { k: 2, maxIterations: 1 });
  assert.deepEqual([one.iterations, one.converged], [1, false]);
  assert.deepEqual(matrix.data, before);
  await assert.rejects(gaussianMixture(matrix, { k: 2, leastVariance: 0 }), RangeError);
});
