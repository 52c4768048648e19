import {
  fitSegmentation,
  GUIDE,
  interpretMap,
  judge,
  maybeOutcome,
  saveOutcome,
  type SegmentationSettings,
} from "feira/segments";
import type { CustomerMatrix } from "feira/features";
import assert from "node:assert/strict";

const SMALL: SegmentationSettings = {
  ...GUIDE,
  training: {
    ...GUIDE.training,
    kind: "online",
    width: 4,
    height: 3,
    iterations: 400,
  } as typeof GUIDE.training,
  k: 2,
};

/** Two kinds of customers, far apart, on two features. */
const matrix: CustomerMatrix = {
  customerIds: Array.from({ length: 40 }, (_, i) => `c${i}`),
  featureNames: ["recency", "monetary"],
  data: Float64Array.from({ length: 80 }, (_, i) => {
    const kind = Math.floor(i / 2) % 2;
    return i % 2 === 0 ? 100 + 200 * kind + (i % 7) : 50 + 900 * kind + (i % 5);
  }),
  rows: 40,
  cols: 2,
};

Deno.test("saveOutcome() writes down an accepted and a rejected model alike", async () => {
  const dir = await Deno.makeTempDir();
  assert.equal(await maybeOutcome(dir), undefined);
  const segmentation = await fitSegmentation(matrix, SMALL);
  const verdict = judge(segmentation.metrics, [
    { name: "smallest", label: "Smallest", limit: 1_000, direction: "at least" },
  ]);
  await saveOutcome(dir, { preset: "guide", segmentation, verdict, segments: [] });
  const outcome = (await maybeOutcome(dir))!;
  assert.deepEqual([outcome.gate, outcome.forced], ["failed", false]);
  assert.equal(outcome.criteria[0]?.value, 20);
  assert.equal(outcome.silhouette, segmentation.metrics.silhouette);
  await saveOutcome(dir, { preset: "guide", segmentation, verdict, segments: [], accept: true });
  const accepted = (await maybeOutcome(dir))!;
  assert.deepEqual([accepted.gate, accepted.forced], ["failed", true]);
  const passed = judge(segmentation.metrics, []);
  await saveOutcome(dir, {
    preset: "guide",
    segmentation,
    verdict: passed,
    segments: [],
    accept: true,
  });
  assert.equal((await maybeOutcome(dir))!.forced, false);
  await Deno.writeTextFile(`${dir}/outcome.json`, "not JSON");
  await assert.rejects(maybeOutcome(dir), /outcome\.json.*must be what 08_segment writes/);
  await Deno.remove(dir, { recursive: true });
});

Deno.test("interpretMap() gives planes in the features' own units", async () => {
  const segmentation = await fitSegmentation(matrix, SMALL);
  const { width, height, planes, hits, uMatrix } = interpretMap(segmentation);
  assert.deepEqual([width, height, planes.length], [4, 3, 2]);
  assert.equal(hits.reduce((sum, count) => sum + count, 0), 40);
  assert.equal(Math.max(...uMatrix), 1);
  // A neuron lies between the customers it was trained on.
  for (const recency of planes[0]!) assert.ok(recency >= 100 && recency <= 307, String(recency));
  for (const monetary of planes[1]!) assert.ok(monetary >= 50 && monetary <= 955, String(monetary));
});
