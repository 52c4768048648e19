import { estimateSilhouette, silhouette } from "feira/cluster";
import assert from "node:assert/strict";
import { normalQuantile } from "../../lib/cluster/_normal_quantile.ts";
import { FIGURES, makeClusters } from "./_fixtures.ts";

const { matrix, labels } = makeClusters({ rows: 900, cols: 3, k: 3, spread: 6 });
const EXACT = await silhouette(matrix, labels);

Deno.test("estimateSilhouette() is exact, without width, when rows are within the limit", async () => {
  const estimate = await estimateSilhouette(matrix, labels, { limit: 900 });
  assert.ok(Math.abs(estimate.mean - EXACT.mean) < 1e-12);
  const { low, high, standardError, sampled, isExact } = estimate;
  assert.deepEqual([low, high, standardError, sampled, isExact], [
    estimate.mean,
    estimate.mean,
    0,
    900,
    true,
  ]);
  estimate.byCluster.forEach(({ mean }, c) => {
    assert.ok(Math.abs(mean - EXACT.byCluster[c]!) < 1e-12);
  });
});

Deno.test("estimateSilhouette() holds the exact mean as often as it says, over all and by cluster", async () => {
  for (const confidence of [0.95, 0.8]) {
    const runs = 300;
    const held = [0, 0, 0, 0];
    let bias = 0;
    let squared = 0;
    let variance = 0;
    for (let seed = 0; seed < runs; seed++) {
      const estimate = await estimateSilhouette(matrix, labels, {
        limit: 100,
        sampleSize: 240,
        confidence,
        seed,
      });
      [estimate, ...estimate.byCluster].forEach(({ low, high }, i) => {
        const exact = i === 0 ? EXACT.mean : EXACT.byCluster[i - 1]!;
        if (low <= exact && exact <= high) held[i]! += 1;
      });
      bias += (estimate.mean - EXACT.mean) / runs;
      squared += (estimate.mean - EXACT.mean) ** 2 / runs;
      variance += estimate.standardError ** 2 / runs;
    }
    // Three standard deviations of a share over so many runs.
    const margin = 3 * Math.sqrt(confidence * (1 - confidence) / runs);
    for (const count of held) {
      assert.ok(Math.abs(count / runs - confidence) < margin + 0.01, `${held} at ${confidence}`);
    }
    assert.ok(Math.abs(bias) < 3 * Math.sqrt(variance / runs));
    assert.ok(Math.abs(squared / variance - 1) < 0.3, `error ${squared} against ${variance}`);
  }
});

Deno.test("estimateSilhouette() draws at least 50 of each cluster, or all, in proportion else", async () => {
  const sizes = [2000, 300, 60, 20];
  const rows = sizes.reduce((a, b) => a + b);
  const byRow = sizes.flatMap((size, c) => new Array<number>(size).fill(c));
  const data = Float64Array.from(byRow, (c, i) => c * 10 + i % 7);
  const estimate = await estimateSilhouette({ data, rows, cols: 1 }, byRow, {
    limit: 0,
    sampleSize: rows / 2,
  });
  assert.deepEqual(estimate.byCluster.map(({ sampled }) => sampled), [1000, 150, 50, 20]);
  assert.equal(estimate.byCluster[3]!.standardError, 0);
  assert.equal(estimate.sampled, 1220);
  assert.equal(estimate.isExact, false);
});

Deno.test("estimateSilhouette() is the same for a seed and any number of threads, another for another", async () => {
  const spec = { limit: 0, sampleSize: 200 };
  const one = await estimateSilhouette(matrix, labels, { ...spec, threads: 1 });
  assert.deepEqual(await estimateSilhouette(matrix, labels, { ...spec, threads: 3 }), one);
  const other = await estimateSilhouette(matrix, labels, { ...spec, seed: 7 });
  assert.notEqual(other.mean, one.mean);
  const wider = await estimateSilhouette(matrix, labels, { ...spec, confidence: 0.999 });
  assert.equal(wider.mean, one.mean);
  assert.ok(wider.low < one.low && wider.high > one.high);
});

Deno.test("estimateSilhouette() refuses settings out of range, and stops when aborted", async () => {
  const bad = [
    { limit: -1 },
    { sampleSize: 0 },
    { sampleSize: 1.5 },
    { confidence: 0 },
    { confidence: 1 },
    { confidence: NaN },
    { seed: 0.5 },
  ];
  for (const spec of bad) {
    await assert.rejects(estimateSilhouette(matrix, labels, spec), {
      name: "RangeError",
      message: new RegExp(`${Object.keys(spec)[0]} is ${Object.values(spec)[0]}, must be`),
    });
  }
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(estimateSilhouette(matrix, labels, { signal }), /enough/);
});

Deno.test("normalQuantile() agrees with scipy", () => {
  for (const [p, expected] of FIGURES.normal_quantiles as [number, number][]) {
    assert.ok(Math.abs(normalQuantile(p) - expected) <= 1e-13 * (1 + Math.abs(expected)));
  }
});
