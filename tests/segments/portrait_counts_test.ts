import {
  readSegmentCounts,
  segmentBehaviour,
  segmentMembers,
  type Subdivision,
  THIN_MARGIN,
} from "feira/segments";
import { type LoadColumn, openWarehouse, type Warehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { inFolder } from "./_market.ts";

const DATASET = "analytics_test";

const TYPES: Readonly<Record<string, LoadColumn["type"]>> = {
  segment_id: "integer",
  subsegment_id: "integer",
  margin: "float",
  subsegment_margin: "float",
  payment_value: "decimal",
  is_installment_payment: "boolean",
  days_to_delivery: "integer",
  is_delivered_late: "boolean",
  review_score: "integer",
};

/** Two segments, the first divided; order 3 never arrived, customer e never ordered. */
const TABLES: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  "dim_customer_segmented: customer_unique_id state segment_id subsegment_id margin subsegment_margin":
    [
      ["a", "SP", 0, 100, 0.9, 0.05],
      ["b", "SP", 0, 100, 0.09, 0.5],
      ["c", "RJ", 0, 101, THIN_MARGIN, 0.5],
      ["d", "RJ", 1, null, 0.4, null],
      ["e", "SP", 1, null, 0.01, null],
    ],
  "dim_product: product_id product_category_name product_category_name_english": [
    ["p1", "brinquedos", "toys"],
    ["p2", "pc_gamer", null],
    ["p3", null, null],
  ],
  "fact_sales: customer_unique_id product_id": [
    ["a", "p1"],
    ["a", "p1"],
    ["b", "p2"],
    ["d", "p1"],
    ["d", "p3"],
    ["stranger", "p1"],
  ],
  "fact_payments: customer_unique_id payment_type payment_value is_installment_payment": [
    ["a", "credit_card", 100.5, true],
    ["a", "credit_card", 10, false],
    ["b", "boleto", 40, false],
    ["b", "credit_card", 49.5, true],
    ["d", "voucher", 20, false],
  ],
  "fact_orders: order_id customer_unique_id days_to_delivery is_delivered_late": [
    ["o1", "a", 10, false],
    ["o2", "b", 20, true],
    ["o3", "c", null, false],
    ["o4", "d", 5, false],
    ["o5", "d", 8, true],
  ],
  "fact_reviews: order_id customer_unique_id review_score": [
    ["o1", "a", 5],
    ["o2", "b", 1],
    ["o3", "c", 1],
    ["o4", "d", 2],
    ["o5", "d", 4],
  ],
};

async function place(warehouse: Warehouse): Promise<void> {
  await warehouse.replaceTables(
    DATASET,
    Object.entries(TABLES).map(([head, rows]) => {
      const [name, names] = head.split(": ") as [string, string];
      const columns = names.split(" ").map((name) => ({ name, type: TYPES[name] ?? "text" }));
      return {
        name,
        columns,
        from: {
          rows: rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]))),
        },
      };
    }),
  );
}

Deno.test("readSegmentCounts() and segmentBehaviour() work a market of five customers out", () =>
  inFolder(async (root) => {
    const workspace = openWorkspace({
      root,
      project: "test",
      engine: "duckdb",
      effects: { ...systemEffects, env: () => undefined },
    });
    await using warehouse = await openWarehouse(workspace);
    await place(warehouse);
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
