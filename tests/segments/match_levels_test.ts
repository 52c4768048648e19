import type { CustomerMatrix } from "feira/features";
import {
  changesSince,
  describeChanges,
  fitSegmentation,
  keepSegmentIds,
  keepSubsegmentIds,
  type NamedSegment,
  type PublishedSegment,
  type PublishedSegments,
  saveModel,
  type SegmentVersion,
  type Subdivision,
} from "feira/segments";
import assert from "node:assert/strict";
import { inFolder, plantMarket, SMALL } from "./_market.ts";

const { matrix } = plantMarket(300);

/** A publication of segments with these parts: customers by segment id, and mean features. */
function toPublished(
  groups: Readonly<Record<number, { customers: readonly string[]; recency?: number }>>,
  { retired = [] }: { retired?: readonly number[] } = {},
): PublishedSegments {
  const ids = Object.keys(groups).map(Number);
  const segments = ids.map((segment_id) => ({
    segment_id,
    level: segment_id < 100 ? 1 : 2,
    parent_segment_id: segment_id < 100 ? null : Math.floor(segment_id / 100) % 100 - 1,
    name: `Segment ${segment_id}`,
    customers: groups[segment_id]!.customers.length,
    model_id: "m1",
  })) as unknown as PublishedSegment[];
  const pairs = (isWanted: (id: number) => boolean) =>
    ids.filter(isWanted).flatMap((id) => groups[id]!.customers.map((each) => [each, id] as const));
  return {
    segments,
    assignments: new Map(pairs((id) => id < 100)),
    subassignments: new Map(pairs((id) => id >= 100)),
    profiles: new Map(ids.map((id) => [id, { recency: groups[id]!.recency ?? 0 }])),
    history: [...ids, ...retired].map((segment_id) => ({ segment_id })) as SegmentVersion[],
    baseline: [],
  };
}

/** Customers a, b, c … with these recencies. */
function toMatrix(recencies: readonly number[], first = "a"): CustomerMatrix {
  return {
    customerIds: recencies.map((_, i) => String.fromCharCode(first.charCodeAt(0) + i)),
    featureNames: ["recency"],
    data: Float64Array.from(recencies),
    rows: recencies.length,
    cols: 1,
  };
}

/** A division of all customers of a segment into these parts. */
function toSubdivision(labels: readonly number[], parent = 0): Subdivision {
  const k = Math.max(...labels) + 1;
  return {
    parent,
    k,
    rows: Int32Array.from(labels.keys()),
    labels: Int32Array.from(labels),
    ids: Array.from({ length: k }, (_, label) => 100 * (parent + 1) + label),
    sizes: Array.from({ length: k }, (_, part) => labels.filter((label) => label === part).length),
  } as unknown as Subdivision;
}

const idsOf = (labels: readonly number[], spec: Parameters<typeof keepSubsegmentIds>[1]) =>
  keepSubsegmentIds([toSubdivision(labels)], spec)[0]!.ids;

Deno.test("keepSegmentIds() hands ids on by shared customers, as matchSegments() does", async () => {
  const fit = await fitSegmentation(matrix, SMALL);
  assert.equal(keepSegmentIds(fit, { matrix }), fit);
  const of = (id: number) => matrix.customerIds.filter((_, i) => fit.segments[i] === id);
  const published = toPublished({
    0: { customers: of(2) },
    1: { customers: of(0) },
    2: { customers: of(1) },
  });
  const kept = keepSegmentIds(fit, { matrix, published });
  matrix.customerIds.forEach((id, i) =>
    assert.equal(kept.segments[i], published.assignments.get(id))
  );
  kept.units.bmu.forEach((neuron, i) =>
    assert.equal(kept.neuronSegments[neuron], kept.segments[i])
  );
  assert.equal(kept.sizes[1], fit.sizes[0]);
  assert.equal(kept.silhouettes[1], fit.silhouettes[0]);
});

Deno.test("keepSegmentIds() hands ids on by likeness where no customer is shared", async () => {
  const fit = await fitSegmentation(matrix, SMALL);
  const means = (id: number) =>
    Object.fromEntries(matrix.featureNames.map((name, d) => {
      const own = [...fit.segments.keys()].filter((row) => fit.segments[row] === id);
      const sum = own.reduce((all, row) => all + matrix.data[row * matrix.cols + d]!, 0);
      return [name, sum / own.length];
    }));
  const others = { 0: ["x"], 1: ["y"], 2: ["z"] };
  const strangers = toPublished({
    0: { customers: others[0] },
    1: { customers: others[1] },
    2: { customers: others[2] },
  });
  const profiles = new Map([[0, means(2)], [1, means(0)], [2, means(1)]]);
  const kept = keepSegmentIds(fit, { matrix, published: { ...strangers, profiles } });
  assert.deepEqual([kept.sizes[0], kept.sizes[1], kept.sizes[2]], [
    ...[fit.sizes[2], fit.sizes[0], fit.sizes[1]],
  ]);
  // Like nobody: by size, as if nothing had been published.
  const far = Object.fromEntries(matrix.featureNames.map((name) => [name, 1e9]));
  const unlike = new Map([0, 1, 2].map((id) => [id, far]));
  const fresh = keepSegmentIds(fit, { matrix, published: { ...strangers, profiles: unlike } });
  assert.deepEqual(fresh, fit);
});

Deno.test("keepSubsegmentIds() keeps as many customers as possible in their sub-segment", () => {
  const spec = { matrix: toMatrix([1, 1, 1, 1, 1, 1]) };
  assert.deepEqual(idsOf([0, 0, 0, 1, 1, 1], spec), [100, 101]);
  const published = toPublished({
    0: { customers: [..."abcdef"] },
    100: { customers: [..."def"] },
    101: { customers: [..."ab"] },
    // Of another parent: never handed on here.
    201: { customers: [..."c"] },
  });
  assert.deepEqual(idsOf([0, 0, 0, 1, 1, 1], { ...spec, published }), [101, 100]);
});

Deno.test("keepSubsegmentIds() never gives a retired id to another sub-segment", () => {
  const spec = { matrix: toMatrix([1, 1, 1, 1, 1, 1]) };
  const published = toPublished({
    0: { customers: [..."abcdef"] },
    100: { customers: [..."ab"] },
  }, { retired: [101, 102, 104] });
  // c, d, e are the larger newcomers, f the smaller: 103 and then 105.
  assert.deepEqual(idsOf([1, 1, 2, 2, 2, 0], { ...spec, published }), [105, 100, 103]);
  const many = toPublished({ 0: { customers: [..."abcdef"] } }, {
    retired: Array.from({ length: 100 }, (_, n) => 100 + n),
  });
  assert.deepEqual(idsOf([0, 0, 0, 0, 1, 1], { ...spec, published: many }), [10_100, 10_101]);
});

Deno.test("keepSubsegmentIds() hands ids on by likeness where a parent shares no customer", () => {
  const published = toPublished({
    0: { customers: [..."abcd"] },
    100: { customers: [..."ab"], recency: 400 },
    101: { customers: [..."cd"], recency: 10 },
  });
  const spec = { matrix: toMatrix([12, 9, 390, 395], "w"), published };
  assert.deepEqual(idsOf([0, 0, 1, 1], spec), [101, 100]);
  // A standard deviation away or more is nobody's successor.
  const far = { matrix: toMatrix([12, 9, 1390, 1395], "w"), published };
  assert.deepEqual(idsOf([0, 0, 1, 1], far), [101, 102]);
});

Deno.test("keepSubsegmentIds() does not change what it is given", () => {
  const subdivision = toSubdivision([0, 0, 1]);
  const before = structuredClone(subdivision);
  keepSubsegmentIds([subdivision], {
    matrix: toMatrix([1, 2, 3]),
    published: toPublished({ 0: { customers: [..."abc"] }, 103: { customers: ["a"] } }),
  });
  assert.deepEqual(subdivision, before);
});

/** Named as in the publication, but for those given. */
function toNamed(ids: readonly number[], names: Readonly<Record<number, string>> = {}) {
  return ids.map((id) => ({
    id,
    level: id < 100 ? 1 : 2,
    name: names[id] ?? `Segment ${id}`,
    customers: 2,
  })) as unknown as NamedSegment[];
}

Deno.test("changesSince() and describeChanges() tell what is new, gone, renamed and moved", async () => {
  const now = {
    matrix: toMatrix([1, 2, 3, 4], "b"),
    segmentation: { customerIds: [..."bcde"], segments: Int32Array.of(0, 0, 1, 1) },
    subdivisions: [{ ...toSubdivision([0, 1]), ids: [100, 102] }],
    segments: toNamed([0, 1, 100, 102], { 1: "Other" }),
    modelDir: "nowhere",
  };
  const first = await changesSince(undefined, now);
  assert.ok(first.segments.every(({ change }) => change === "new"));
  assert.deepEqual(first.migrations, [
    { to: 0, customers: 2, share: 0.5 },
    { to: 1, customers: 2, share: 0.5 },
  ]);
  assert.deepEqual(describeChanges(first), [
    "Nothing was published before, so every segment and every customer is new.",
  ]);

  const published = {
    ...toPublished({
      0: { customers: [..."abcd"] },
      1: { customers: ["x"] },
      100: { customers: [..."abcd"] },
      101: { customers: [] },
    }),
    baseline: [{ feature: "recency", edges: [2], counts: [2, 2] }],
  };
  const changes = await changesSince(published, now);
  assert.deepEqual(changes.segments.map(({ id, change }) => [id, change]), [
    ...[[0, "kept"], [1, "renamed"], [100, "kept"], [101, "retired"], [102, "new"]],
  ]);
  assert.deepEqual(changes.migrations, [
    { from: 0, to: 0, customers: 2, share: 0.5 },
    { from: 0, to: 1, customers: 1, share: 0.25 },
    { from: 0, customers: 1, share: 0.25 },
    { from: 1, customers: 1, share: 1 },
    { to: 1, customers: 1, share: 1 },
  ]);
  assert.deepEqual(changes.subsegmentMigrations.map(({ from, to }) => [from, to]), [
    ...[[1, undefined], [100, 1], [100, 100], [100, 102], [100, undefined], [undefined, 1]],
  ]);
  assert.deepEqual(describeChanges(changes), [
    "Customers who were there before: 3, of whom 66.7% kept their segment and 33.3% their sub-segment too; 1 new, 2 gone.",
    "Segments of both levels: 2 kept their name, 1 renamed, 1 new, 1 retired.",
    "No feature has moved: the greatest population stability index is 0.00, of recency.",
    "The model that was published last is not kept, so its map was not measured.",
  ]);
});

Deno.test("describeChanges() names features that have moved, and how the map fits", () =>
  inFolder(async (dir) => {
    const fit = await fitSegmentation(matrix, SMALL);
    await saveModel(`${dir}/model`, fit, matrix);
    const published = toPublished({ 0: { customers: ["x"] } });
    const segments = published.segments.map((each) => ({ ...each, model_id: fit.modelId }));
    const baseline = [{ feature: "recency", edges: [1], counts: [150, 150] }];
    const changes = await changesSince({ ...published, segments, baseline }, {
      matrix,
      segmentation: fit,
      subdivisions: [],
      segments: toNamed([0, 1, 2]),
      modelDir: `${dir}/model`,
    });
    assert.equal(changes.map!.change, 0);
    const [customers, , features, map] = describeChanges(changes);
    assert.equal(customers, "Not one customer was there before: 300 new, 1 gone.");
    const psi = changes.drift[0]!.psi.toFixed(2);
    assert.equal(
      features,
      `Features that have moved, with their population stability index: recency (strongly shifted, ${psi}).`,
    );
    const qe = fit.metrics.qe.toFixed(4);
    assert.equal(
      map,
      `The map that was published last is ${qe} standard deviations from a customer of today on average, ${qe} from one of then: no difference.`,
    );
    const worse = { ...changes, map: { qeThen: 0.2, qeNow: 0.23, change: 0.15 } };
    assert.match(describeChanges(worse)[3]!, /0\.2300 standard .*0\.2000 .*: 15\.0% more\.$/);
    const better = { ...changes, map: { qeThen: 0.2, qeNow: 0.19, change: -0.05 } };
    assert.match(describeChanges(better)[3]!, /: 5\.0% less\.$/);
  }));
