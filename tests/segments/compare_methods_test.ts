import { adjustedRand, daviesBouldin, kMeans, silhouette } from "feira/cluster";
import { fitFeatures, toScaledFeatures } from "feira/features";
import { compareMethods, fitSegmentation } from "feira/segments";
import assert from "node:assert/strict";
import { plantMarket, SMALL } from "./_market.ts";

const { matrix, kinds } = plantMarket(300);
const segmentation = await fitSegmentation(matrix, SMALL);

Deno.test("compareMethods() shows the segmentation first, and others of as many segments", async () => {
  const rows = await compareMethods(matrix, segmentation, { resamples: 2 });
  assert.deepEqual(rows.map(({ method, of }) => `${method} of ${of}`), [
    "k-means of neurons",
    "k-means of customers",
    "Gaussian mixture of neurons",
    "Ward of neurons",
  ]);
  assert.deepEqual(rows.map(({ isOurs }) => isOurs), [true, false, false, false]);
  const [ours, plain, , ward] = rows;
  assert.deepEqual(ours!.sizes, segmentation.sizes);
  assert.deepEqual(
    [ours!.silhouette, ours!.dbi, ours!.randToOurs],
    [segmentation.metrics.silhouette, segmentation.metrics.dbi, 1],
  );
  // Where kinds are planted far apart, all that know how to look find them.
  for (const { randToOurs, stability } of [plain!, ward!]) {
    assert.ok(randToOurs > 0.97 && stability > 0.97);
  }
  for (const { sizes } of rows) assert.equal(sizes.reduce((sum, size) => sum + size), 300);
});

Deno.test("compareMethods() measures plain k-means on the customers' scaled features", async () => {
  const [, plain] = await compareMethods(matrix, segmentation, { resamples: 1 });
  const scaled = toScaledFeatures(matrix, fitFeatures(matrix, "guide"));
  const { labels } = await kMeans(scaled, { k: 3, restarts: SMALL.restarts, seed: SMALL.seed });
  assert.ok(adjustedRand(labels, kinds) > 0.97);
  assert.ok(Math.abs(plain!.silhouette - (await silhouette(scaled, labels)).mean) < 1e-12);
  assert.ok(Math.abs(plain!.dbi - daviesBouldin(scaled, labels)) < 1e-12);
});
