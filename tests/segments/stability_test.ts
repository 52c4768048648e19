import type { CustomerMatrix } from "feira/features";
import { fitSegmentation, segmentStability, subdivide, subdivisionStability } from "feira/segments";
import { unsafeUniformIntDistribution, xoroshiro128plus } from "pure-rand";
import assert from "node:assert/strict";
import { toLevelStability } from "../../lib/segments/levels/_resamples.ts";
import { plantMarket, SMALL } from "./_market.ts";
import { plantKinds } from "./_planted_market.ts";

const FEW = { resamples: 6, seeds: 2 };

Deno.test("segmentStability() finds planted segments again in every draw", async () => {
  const { matrix } = plantMarket(300);
  const segmentation = await fitSegmentation(matrix, SMALL);
  for (const maps of ["retrained", "kept"] as const) {
    const stability = await segmentStability(matrix, segmentation, { ...FEW, maps });
    assert.deepEqual(stability.segments.map(({ id }) => id), [0, 1, 2]);
    for (const { jaccard, isTrustworthy } of stability.segments) {
      assert.ok(jaccard.mean > 0.97 && isTrustworthy, maps);
      assert.ok(jaccard.low <= jaccard.mean && jaccard.mean <= jaccard.high);
    }
    assert.ok(stability.bootstrapRand.least > 0.97);
    assert.ok(stability.seedRand.least > 0.97);
  }
});

/** Customers without any kinds: every feature is drawn evenly, and alone. */
function plantNothing(rows: number): CustomerMatrix {
  const { matrix } = plantMarket(rows);
  const random = xoroshiro128plus(3);
  const draw = () => unsafeUniformIntDistribution(1, 1_000, random);
  return { ...matrix, data: matrix.data.map(draw) };
}

Deno.test("segmentStability() trusts no segment that only this draw of the customers has", async () => {
  const matrix = plantNothing(300);
  const segmentation = await fitSegmentation(matrix, SMALL);
  const stability = await segmentStability(matrix, segmentation, FEW);
  assert.ok(stability.segments.every(({ isTrustworthy }) => !isTrustworthy));
  assert.ok(stability.bootstrapRand.mean < 0.5);
});

Deno.test("segmentStability() is the same for a seed, with its map's seed in online training", async () => {
  const { matrix } = plantMarket(200);
  const settings = {
    ...SMALL,
    neurons: "all" as const,
    training: {
      kind: "online" as const,
      width: 4,
      height: 3,
      sigma: 1,
      learningRate: 0.3,
      iterations: 600,
      seed: 42,
      init: "sample" as const,
      order: "random" as const,
    },
  };
  const segmentation = await fitSegmentation(matrix, settings);
  const one = await segmentStability(matrix, segmentation, FEW);
  assert.deepEqual(await segmentStability(matrix, segmentation, FEW), one);
  assert.ok(one.segments.every(({ isTrustworthy }) => isTrustworthy));
  await assert.rejects(
    segmentStability(matrix, segmentation, { ...FEW, signal: AbortSignal.abort(new Error("no")) }),
    /no/,
  );
});

Deno.test("subdivisionStability() tells the planted parts by their published ids", async () => {
  const { matrix } = plantKinds({ rows: 700, seed: 2 });
  const { segments, sizes } = await fitSegmentation(matrix, SMALL);
  const [found] = await subdivide(matrix, { segments, sizes }, { from: 6, to: 6, resamples: 1 });
  const ids = found!.ids.map((id) => id + 5);
  const stability = await subdivisionStability(matrix, { ...found!, ids }, FEW);
  assert.deepEqual(stability.segments.map(({ id }) => id), ids);
  assert.ok(stability.segments.every(({ isTrustworthy }) => isTrustworthy));
  assert.ok(stability.bootstrapRand.least > 0.9 && stability.seedRand.least > 0.9);
});

Deno.test("toLevelStability() gives numpy's percentiles, and trusts from a mean of 0.75", () => {
  const tenths = Array.from({ length: 11 }, (_, at) => at / 10);
  const { segments, bootstrapRand, seedRand } = toLevelStability({
    ids: [100, 101],
    jaccards: tenths.map((value) => [0.75, value]),
    bootstrapRands: tenths,
    seedRands: [0.5],
  });
  // numpy.percentile(arange(11) / 10, [2.5, 97.5]) is [0.025, 0.975].
  const round = (value: number) => Number(value.toFixed(12));
  const { mean, low, high } = segments[1]!.jaccard;
  assert.deepEqual([mean, low, high].map(round), [0.5, 0.025, 0.975]);
  assert.deepEqual(segments.map(({ isTrustworthy }) => isTrustworthy), [true, false]);
  assert.equal(bootstrapRand.least, 0);
  assert.deepEqual(seedRand, { mean: 0.5, low: 0.5, high: 0.5, least: 0.5 });
  const none = toLevelStability({ ids: [], jaccards: [], bootstrapRands: [], seedRands: [] });
  assert.deepEqual(none.seedRand, { mean: NaN, low: NaN, high: NaN, least: NaN });
});
