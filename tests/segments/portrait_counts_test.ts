import {
  readSegmentCounts,
  segmentBehaviour,
  segmentMembers,
  type Subdivision,
} from "feira/segments";
import { openWarehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { DATASET, placeFive } from "./_five_customers.ts";
import { inFolder } from "./_market.ts";

Deno.test("readSegmentCounts() and segmentBehaviour() work a market of five customers out", () =>
  inFolder(async (root) => {
    const workspace = openWorkspace({
      root,
      project: "test",
      engine: "duckdb",
      effects: { ...systemEffects, env: () => undefined },
    });
    await using warehouse = await openWarehouse(workspace);
    await placeFive(warehouse);
    const counts = await readSegmentCounts(warehouse, DATASET);
    assert.deepEqual(counts.categories, [
      { segment_id: 0, subsegment_id: 100, kind: "pc_gamer", customers: 1 },
      { segment_id: 0, subsegment_id: 100, kind: "toys", customers: 1 },
      { segment_id: 1, subsegment_id: null, kind: "toys", customers: 1 },
    ]);
    assert.deepEqual(counts.margins.map(({ thin, thin_within }) => [thin, thin_within]), [
      [1, 1],
      [0, 0],
      [1, 0],
    ]);
    const first = segmentBehaviour(counts, { id: 0, level: 1 });
    assert.equal(first.installmentShare, 150 / 200);
    assert.deepEqual(
      first.states.map((
        { name, customers, share, everyoneShare },
      ) => [name, customers, share, everyoneShare]),
      [["SP", 2, 2 / 3, 3 / 5], ["RJ", 1, 1 / 3, 2 / 5]],
    );
    assert.equal(first.thin.share, 1 / 3);
    const { delivery } = first;
    assert.deepEqual(
      [delivery.orders, delivery.arrived.share, delivery.medianDays, delivery.late.share],
      [3, 2 / 3, 15, 1 / 2],
    );
    // The review of the order that never arrived is about neither a late parcel nor one on time.
    assert.deepEqual(
      [delivery.badAfterLate.share, delivery.badAfterLate.of, delivery.badAfterOnTime.share],
      [1, 1, 0],
    );
    const part = segmentBehaviour(counts, { id: 100, level: 2 });
    assert.deepEqual([part.thin.share, part.thin.of], [1 / 2, 2]);
    assert.equal(part.payments[0]!.name, "credit_card");
    assert.equal(part.payments[0]!.share, 1);
    const everyone = segmentBehaviour(counts, "everyone");
    assert.deepEqual(
      [everyone.delivery.orders, everyone.delivery.late.share, everyone.delivery.medianDays],
      [5, 1 / 2, 9],
    );
    for (const { lift } of everyone.states) assert.equal(lift, 1);
    const nobody = segmentBehaviour(counts, { id: 7, level: 1 });
    assert.deepEqual(
      [
        nobody.thin.share,
        nobody.delivery.orders,
        nobody.delivery.medianDays,
        nobody.installmentShare,
      ],
      [NaN, 0, NaN, NaN],
    );
  }));

Deno.test("segmentMembers() gives every customer one segment that is divided no further", () => {
  const subdivision = {
    parent: 0,
    ids: [101, 100],
    rows: Int32Array.of(0, 2, 3),
    labels: Int32Array.of(1, 0, 1),
  };
  const members = segmentMembers(
    { segments: Int32Array.of(0, 1, 0, 0), k: 3 },
    // Only what it reads: how the parts were found does not matter here.
    [subdivision as unknown as Subdivision],
  );
  assert.deepEqual(members.map(({ id, level, isLeaf, rows }) => [id, level, isLeaf, [...rows]]), [
    [0, 1, false, [0, 2, 3]],
    [100, 2, true, [0, 3]],
    [101, 2, true, [2]],
    [1, 1, true, [1]],
    [2, 1, true, []],
  ]);
  assert.deepEqual(members.map(({ parentId }) => parentId), [
    undefined,
    0,
    0,
    undefined,
    undefined,
  ]);
  const leaves = members.filter(({ isLeaf }) => isLeaf).flatMap(({ rows }) => [...rows]);
  assert.deepEqual(leaves.sort(), [0, 1, 2, 3]);
});
