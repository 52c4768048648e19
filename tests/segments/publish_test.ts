import {
  fitSegmentation,
  nameSegments,
  profileSegments,
  publishSegments,
  readArchetypes,
  readSegments,
} from "feira/segments";
import { openWarehouse, type Warehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { ARCHETYPES_PATH, inFolder, plantMarket, SMALL } from "./_market.ts";

const DATASET = "analytics_test";
const { matrix } = plantMarket(200);
const segmentedAt = Temporal.PlainDateTime.from("2026-11-22T18:00:00");

async function toSpec() {
  const segmentation = await fitSegmentation(matrix, SMALL);
  const profiles = profileSegments(matrix, segmentation.segments);
  const segments = nameSegments(profiles, await readArchetypes(ARCHETYPES_PATH));
  return { segmentation, segments, segmentedAt };
}

async function placeCustomers(warehouse: Warehouse, ids: readonly string[]): Promise<void> {
  await warehouse.replaceTables(DATASET, [{
    name: "dim_customer",
    columns: [
      { name: "customer_unique_id", type: "text", description: "The person who buys" },
      { name: "city", type: "text" },
      { name: "first_order_at", type: "timestamp" },
      { name: "count_orders", type: "integer" },
    ],
    from: {
      rows: ids.map((id, i) => ({
        customer_unique_id: id,
        city: i % 7 === 0 ? null : "são paulo",
        first_order_at: segmentedAt.subtract({ days: i }),
        count_orders: 1,
      })),
    },
  }]);
}

async function inWarehouse(test: (warehouse: Warehouse) => Promise<void>): Promise<void> {
  await inFolder(async (root) => {
    const workspace = openWorkspace({
      root,
      project: "test",
      engine: "duckdb",
      effects: { ...systemEffects, env: () => undefined },
    });
    await using warehouse = await openWarehouse(workspace);
    await test(warehouse);
  });
}

Deno.test("publishSegments() joins each customer to a segment, and readSegments() reads it back", () =>
  inWarehouse(async (warehouse) => {
    await placeCustomers(warehouse, matrix.customerIds.toReversed());
    assert.equal(await readSegments(warehouse, DATASET), undefined);
    const spec = await toSpec();
    assert.deepEqual(await publishSegments(warehouse, DATASET, spec), [
      { name: "dim_segment", rows: 3 },
      { name: "dim_customer_segmented", rows: 200 },
    ]);
    const found = (await readSegments(warehouse, DATASET))!;
    matrix.customerIds.forEach((id, i) => {
      assert.equal(found.assignments.get(id), spec.segmentation.segments[i]);
    });
    assert.deepEqual(found.segments.map(({ name }) => name), spec.segments.map(({ name }) => name));
    assert.deepEqual(found.segments[0]!.evidence, spec.segments[0]!.evidence);
    assert.equal(found.segments[0]!.segmented_at, "2026-11-22 18:00:00");
    const first = matrix.customerIds[0]!;
    const [row] = await warehouse.query(
      `select * from ${
        warehouse.nameOf(DATASET, "dim_customer_segmented")
      } where customer_unique_id = ?`,
      [first],
    );
    const { units, map, modelId, segments } = spec.segmentation;
    assert.deepEqual(row, {
      customer_unique_id: first,
      city: "são paulo",
      first_order_at: segmentedAt.subtract({ days: 199 }).toString().replace("T", " "),
      count_orders: 1,
      segment_id: segments[0],
      neuron_x: Math.floor(units.bmu[0]! / map.height),
      neuron_y: units.bmu[0]! % map.height,
      distance: units.distance[0],
      model_id: modelId,
      segmented_at: "2026-11-22 18:00:00",
    });
  }));

Deno.test("publishSegments() refuses customers that repeat or are missing, and changes nothing", () =>
  inWarehouse(async (warehouse) => {
    const spec = await toSpec();
    await assert.rejects(
      publishSegments(warehouse, DATASET, spec),
      /found no table .*dim_customer/,
    );
    await placeCustomers(warehouse, matrix.customerIds);
    await publishSegments(warehouse, DATASET, spec);
    const before = await Promise.all(
      ["dim_segment", "dim_customer_segmented"].map((t) => warehouse.fingerprint(DATASET, t)),
    );
    const ids = matrix.customerIds;
    const bad: [readonly string[], RegExp][] = [
      [[...ids, ids[3]!], /customer customer-000003 twice in dim_customer/],
      [[...ids, "stranger"], /customer stranger of dim_customer without a segment/],
      [ids.slice(1), /customer customer-000000 of the model not in dim_customer/],
    ];
    for (const [found, message] of bad) {
      await placeCustomers(warehouse, found);
      await assert.rejects(publishSegments(warehouse, DATASET, spec), { kind: "data", message });
    }
    const after = await Promise.all(
      ["dim_segment", "dim_customer_segmented"].map((t) => warehouse.fingerprint(DATASET, t)),
    );
    assert.deepEqual(after, before);
  }));
