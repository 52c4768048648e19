import assert from "node:assert/strict";
import {
  assignmentFiles,
  type AssignmentsSpec,
  migrations,
  parseAssignments,
  saveAssignments,
} from "feira/segments";

const SPEC: AssignmentsSpec = {
  segmentation: {
    modelId: "m1",
    customerIds: ["ana", "eva", "leo", "rui"],
    segments: Int32Array.of(0, 0, 1, 0),
  },
  subdivisions: [{ rows: Int32Array.of(0, 1, 3), labels: Int32Array.of(1, 0, 1), ids: [100, 101] }],
  segments: [
    { id: 0, level: 1, name: "Mainstream" },
    { id: 1, level: 1, name: "Repeat" },
    { id: 100, level: 2, parentId: 0, name: "Recent" },
    { id: 101, level: 2, parentId: 0, name: "Away" },
  ],
};

async function save(spec: AssignmentsSpec) {
  const dir = await Deno.makeTempDir();
  try {
    await saveAssignments(dir, spec);
    const files = assignmentFiles(dir);
    return {
      customers: await Deno.readTextFile(files.customers),
      segments: await Deno.readTextFile(files.segments),
    };
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("parseAssignments() gives back both levels as saveAssignments() got them", async () => {
  const saved = parseAssignments(await save(SPEC));
  assert.equal(saved.modelId, "m1");
  assert.deepEqual(saved.segments, SPEC.segments);
  assert.deepEqual([...saved.assignments], [["ana", 0], ["eva", 0], ["leo", 1], ["rui", 0]]);
  assert.deepEqual([...saved.subassignments], [["ana", 101], ["eva", 100], ["rui", 101]]);
});

Deno.test("saveAssignments() writes the same customers the same, whatever their segments", async () => {
  const other = { ...SPEC.segmentation, segments: Int32Array.of(1, 0, 1, 0) };
  const [one, two] = [await save(SPEC), await save({ ...SPEC, segmentation: other })];
  assert.equal(one.customers, two.customers);
  assert.notEqual(one.segments, two.segments);
  const ways = migrations(parseAssignments(one).assignments, parseAssignments(two).assignments);
  assert.deepEqual(ways.map(({ from, to, customers }) => [from, to, customers]), [
    [0, 0, 2],
    [0, 1, 1],
    [1, 1, 1],
  ]);
});

Deno.test("parseAssignments() refuses what is broken or does not belong together", async () => {
  const { customers, segments } = await save(SPEC);
  const short = JSON.stringify({ ...JSON.parse(segments), arrays: { segment: "AAAA" } });
  for (
    const [texts, found] of [
      [{ customers, segments: "{" }, /JSON/],
      [{ customers, segments: "{}" }, /found undefined version undefined/],
      [{ customers: "ana\n", segments }, /found other customers/],
      [{ customers, segments: short }, /Cannot read who was in which segment/],
    ] as const
  ) assert.throws(() => parseAssignments(texts), { kind: "data", message: found });
});
