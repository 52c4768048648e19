import { adjustedRand } from "feira/cluster";
import {
  contradictions,
  fitSegmentation,
  nameSegments,
  profileSegments,
  readArchetypes,
  subdivide,
} from "feira/segments";
import assert from "node:assert/strict";
import { nameVariant } from "../../bench/names/variant.ts";
import { ARCHETYPES_PATH, SMALL } from "./_market.ts";
import { KINDS, plantKinds } from "./_planted_market.ts";

/** Numbers in place of names. */
function toLabels(names: readonly string[]): Int32Array {
  const distinct = [...new Set(names)];
  return Int32Array.from(names, (name) => distinct.indexOf(name));
}

const NAMES_OF_LEVEL_1 = [...new Set(KINDS.map(({ segment }) => segment))].sort();
const NAMES_OF_LEVEL_2 = KINDS.flatMap(({ subsegment }) => subsegment ?? []).sort();

Deno.test("planted customers of both levels are found again and named for what they are", async () => {
  const { matrix, segments, subsegments } = plantKinds({ rows: 1500, seed: 1 });
  const segmentation = await fitSegmentation(matrix, SMALL);
  const rand = adjustedRand(segmentation.segments, toLabels(segments));
  assert.ok(rand >= 0.9, `level 1: adjusted Rand index ${rand}`);

  const subdivisions = await subdivide(matrix, segmentation, { resamples: 4, restarts: 2 });
  const finest = Int32Array.from(segmentation.segments);
  for (const { rows, labels, ids } of subdivisions) {
    rows.forEach((row, at) => finest[row] = ids[labels[at]!]!);
  }
  const fineRand = adjustedRand(finest, toLabels(subsegments));
  assert.ok(fineRand >= 0.9, `level 2: adjusted Rand index ${fineRand}`);

  const profiles = profileSegments(matrix, segmentation.segments, { subdivisions });
  const named = nameSegments(profiles, await readArchetypes(ARCHETYPES_PATH));
  const namesOf = (level: number) =>
    named.filter((segment) => segment.level === level).map(({ name }) => name).sort();
  assert.deepEqual(namesOf(1), NAMES_OF_LEVEL_1);
  assert.deepEqual(namesOf(2), NAMES_OF_LEVEL_2);

  for (const { id, name } of named) {
    const planted = subsegments.map((subsegment, row) =>
      subsegment === name || segments[row] === name
    );
    const inIt = finest.map((own, row) => Number(own === id || segmentation.segments[row] === id));
    const right = inIt.filter((isIn, row) => isIn === 1 && planted[row]).length;
    const share = right / inIt.reduce((sum, isIn) => sum + isIn, 0);
    assert.ok(share >= 0.9, `only ${share} of "${name}" were planted as that`);
  }
});

Deno.test("planted names stay whatever the seed, the order of rows and the labels", async () => {
  const { matrix } = plantKinds({ rows: 1000, seed: 2 });
  const archetypes = await readArchetypes(ARCHETYPES_PATH);
  const settings = { ...SMALL, training: { ...SMALL.training, init: "sample" as const } };
  for (const seed of [1, 2, 3, 4, 5]) {
    const { groups, ...audit } = await nameVariant(matrix, {
      archetypes,
      settings,
      seed,
      subdivide: { from: 6, to: 6, resamples: 2, restarts: 2 },
    });
    assert.deepEqual(audit, { contradictions: [], permuted: 0 });
    const names = groups.map(({ name }) => name).sort();
    assert.deepEqual(names, [...NAMES_OF_LEVEL_1, ...NAMES_OF_LEVEL_2].sort(), `seed ${seed}`);
  }
});

Deno.test("planted names hold no contradiction, and another segment's texts do", async () => {
  const { matrix, segments } = plantKinds({ rows: 1000, seed: 3 });
  const profiles = profileSegments(matrix, [...toLabels(segments)]);
  const named = nameSegments(profiles, await readArchetypes(ARCHETYPES_PATH));
  for (const [at, segment] of named.entries()) {
    profiles.forEach((profile, other) => {
      const found = contradictions(segment, profile);
      assert.equal(found.length === 0, at === other, `${segment.name} of ${named[other]!.name}`);
    });
  }
});
