import { adjustedRand, clusteringStability, kMeans, stabilityOfFit } from "feira/cluster";
import assert from "node:assert/strict";
import { irregular, makeClusters } from "./_fixtures.ts";

Deno.test("clusteringStability() finds parted clusters again, every time", async () => {
  const { matrix, labels } = makeClusters({ rows: 240, cols: 2, k: 3, spread: 0.5 });
  for (const scheme of ["bootstrap", "half"] as const) {
    const stability = await clusteringStability(matrix, { k: 3, scheme, resamples: 8 });
    assert.equal(adjustedRand(stability.fit.labels, labels), 1);
    assert.deepEqual(stability.jaccard, [1, 1, 1]);
    assert.deepEqual(stability.adjustedRand, new Array(8).fill(1));
    assert.deepEqual([stability.meanAdjustedRand, stability.leastAdjustedRand], [1, 1]);
  }
});

Deno.test("clusteringStability() tells a cluster that holds from two that one cloud is cut into", async () => {
  const numbers = irregular(3);
  const draw = () => numbers.next().value;
  // One clump far away, and a round cloud that no line cuts in halves twice in the same way.
  const data = Float64Array.from({ length: 2 * 300 }, (_, at) => {
    const angle = Math.floor(at / 2) * 2.399963;
    const radius = Math.sqrt(draw());
    const [x, y] = [Math.cos(angle) * radius, Math.sin(angle) * radius];
    return (at % 2 === 0 ? x : y) + (at < 200 ? 50 : 0);
  });
  const { fit, jaccard, meanAdjustedRand, leastAdjustedRand } = await clusteringStability(
    { data, rows: 300, cols: 2 },
    { k: 3 },
  );
  const clump = fit.labels[0]!;
  assert.ok(jaccard[clump]! > 0.99);
  jaccard.forEach((value, c) => assert.ok(c === clump || value < 0.85));
  assert.ok(meanAdjustedRand < 0.95 && leastAdjustedRand <= meanAdjustedRand);
});

Deno.test("clusteringStability() is the same for a seed, another for another, and leaves the data", async () => {
  const { matrix } = makeClusters({ rows: 150, cols: 2, k: 3, spread: 9 });
  const before = matrix.data.slice();
  const one = await clusteringStability(matrix, { k: 4, resamples: 5 });
  assert.deepEqual(await clusteringStability(matrix, { k: 4, resamples: 5 }), one);
  const other = await clusteringStability(matrix, { k: 4, resamples: 5, seed: 1 });
  assert.notDeepEqual(other.adjustedRand, one.adjustedRand);
  assert.deepEqual(matrix.data, before);
});

Deno.test("clusteringStability() reports fits and stops when aborted", async () => {
  const { matrix } = makeClusters({ rows: 100, cols: 2, k: 3 });
  const heard: number[] = [];
  const onProgress = ({ done, total }: { done: number; total: number }) => heard.push(done / total);
  await clusteringStability(matrix, { k: 3, resamples: 4, onProgress });
  assert.deepEqual(heard, heard.toSorted((a, b) => a - b));
  assert.equal(heard.at(-1), 1);
  const controller = new AbortController();
  const running = clusteringStability(matrix, {
    k: 3,
    resamples: 100_000,
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(new Error("enough")), 60);
  await assert.rejects(running, /enough/);
});

Deno.test("clusteringStability() refuses settings out of range and values that are not finite", async () => {
  const { matrix } = makeClusters({ rows: 20, cols: 1, k: 2 });
  await assert.rejects(
    clusteringStability(matrix, { k: 11 }),
    /k is 11, must be at most half of 20/,
  );
  await assert.rejects(clusteringStability(matrix, { k: 2, resamples: 0 }), /resamples is 0/);
  await assert.rejects(
    clusteringStability(matrix, { k: 2, scheme: "jackknife" as "half" }),
    /scheme is "jackknife", must be bootstrap or half/,
  );
  const broken = { data: Float64Array.of(1, NaN), rows: 2, cols: 1 };
  await assert.rejects(clusteringStability(broken, { k: 1 }), /found NaN at row 1 column 0/);
});

Deno.test("stabilityOfFit() looks for the clusters it is given, by their numbers", async () => {
  const { matrix } = makeClusters({ rows: 120, cols: 2, k: 3, spread: 3 });
  const { fit, ...expected } = await clusteringStability(matrix, { k: 3, resamples: 6 });
  assert.deepEqual(await stabilityOfFit(matrix, fit, { resamples: 6 }), expected);

  const turn = (cluster: number) => (cluster + 1) % 3;
  const centroids = fit.centroids.map((_, at) => fit.centroids[(at + 4) % 6]!);
  const turned = { k: 3, centroids, labels: fit.labels.map(turn) };
  const found = await stabilityOfFit(matrix, turned, { resamples: 6 });
  assert.deepEqual(found.adjustedRand, expected.adjustedRand);
  expected.jaccard.forEach((value, c) => assert.equal(found.jaccard[turn(c)], value));
});

Deno.test("stabilityOfFit() gives every resample's similarities, which the means are of", async () => {
  const { matrix } = makeClusters({ rows: 120, cols: 2, k: 4, spread: 9 });
  const fit = await kMeans(matrix, { k: 4 });
  const { jaccard, jaccards } = await stabilityOfFit(matrix, fit, { resamples: 5 });
  assert.deepEqual(jaccards.map(({ length }) => length), [4, 4, 4, 4, 4]);
  jaccard.forEach((mean, c) => {
    const sum = jaccards.reduce((total, values) => total + values[c]!, 0);
    assert.ok(Math.abs(mean - sum / 5) < 1e-12);
  });
});

Deno.test("stabilityOfFit() finds no worse grouping of drawn rows when it starts from the fit", async () => {
  const { matrix } = makeClusters({ rows: 400, cols: 3, k: 8, spread: 6 });
  const fit = await kMeans(matrix, { k: 8, restarts: 30 });
  const spec = { resamples: 10, restarts: 1, scheme: "half" } as const;
  const cold = await stabilityOfFit(matrix, fit, spec);
  const warm = await stabilityOfFit(matrix, fit, { ...spec, startFromFit: true });
  assert.ok(warm.meanAdjustedRand > cold.meanAdjustedRand);
});

Deno.test("stabilityOfFit() draws no more rows than it may", async () => {
  const { matrix } = makeClusters({ rows: 200, cols: 2, k: 2 });
  const fit = await kMeans(matrix, { k: 2 });
  const spec = { resamples: 3, scheme: "half" } as const;
  const all = await stabilityOfFit(matrix, fit, spec);
  assert.deepEqual(await stabilityOfFit(matrix, fit, { ...spec, sampleSize: 100 }), all);
  assert.deepEqual(await stabilityOfFit(matrix, fit, { ...spec, sampleSize: 1_000 }), all);
  const few = await stabilityOfFit(matrix, fit, { ...spec, sampleSize: 10 });
  assert.equal(few.adjustedRand.length, 3);
  await assert.rejects(stabilityOfFit(matrix, fit, { ...spec, sampleSize: 1 }), /sampleSize is 1/);
});
