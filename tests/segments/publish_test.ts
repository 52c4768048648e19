import { assignCustomers, publishSegments, readSegments } from "feira/segments";
import type { Warehouse } from "feira/warehouse";
import assert from "node:assert/strict";
import { plantMarket } from "./_market.ts";
import { DATASET, inWarehouse, placeCustomers, SEGMENTED_AT, toPublishSpec } from "./_published.ts";

const { matrix } = plantMarket(200);
const TABLES = ["dim_segment", "dim_customer_segmented", "dim_segment_history", "segment_baseline"];

function fingerprints(warehouse: Warehouse) {
  return Promise.all(TABLES.map((table) => warehouse.fingerprint(DATASET, table)));
}

Deno.test("publishSegments() joins each customer to both levels, and readSegments() reads them back", () =>
  inWarehouse(async (warehouse) => {
    await placeCustomers(warehouse, matrix.customerIds.toReversed());
    assert.equal(await readSegments(warehouse, DATASET), undefined);
    const spec = await toPublishSpec(matrix);
    const { segmentation, subdivisions, segments } = spec;
    const all = 3 + subdivisions[0]!.k;
    assert.deepEqual(
      (await publishSegments(warehouse, DATASET, spec)).slice(0, 3),
      [
        { name: "dim_segment", rows: all },
        { name: "dim_customer_segmented", rows: 200 },
        { name: "dim_segment_history", rows: all },
      ],
    );
    const found = (await readSegments(warehouse, DATASET))!;
    const { rows, labels, ids } = subdivisions[0]!;
    const subsegments = new Map([...rows].map((row, i) => [row, ids[labels[i]!]]));
    matrix.customerIds.forEach((id, i) => {
      assert.equal(found.assignments.get(id), segmentation.segments[i]);
      assert.equal(found.subassignments.get(id), subsegments.get(i));
    });
    assert.deepEqual(found.segments.map(({ name }) => name), segments.map(({ name }) => name));
    assert.deepEqual(
      found.segments.map(({ segment_id, level, parent_segment_id }) =>
        [segment_id, level, parent_segment_id] as const
      ),
      [[0, 1, null], [1, 1, null], [2, 1, null], ...ids.map((id) => [id, 2, 0])],
    );
    const [first] = found.segments;
    assert.deepEqual(first!.evidence, segments[0]!.evidence);
    assert.equal(first!.stability, spec.stability[0]!.jaccard.mean);
    assert.deepEqual([first!.is_trustworthy, first!.was_forced], [true, false]);
    assert.equal(first!.segmented_at, "2026-11-22 18:00:00");
    assert.deepEqual(found.history.map(({ valid_to }) => valid_to), new Array(all).fill(null));
    assert.deepEqual([...found.profiles.keys()], found.segments.map((each) => each.segment_id));
    const counted = found.baseline.map(({ counts }) => counts.reduce((sum, n) => sum + n, 0));
    assert.deepEqual(counted, new Array(12).fill(200));
  }));

Deno.test("publishSegments() writes a customer's neuron, distance and margins", () =>
  inWarehouse(async (warehouse) => {
    await placeCustomers(warehouse, matrix.customerIds.toReversed());
    const spec = await toPublishSpec(matrix);
    await publishSegments(warehouse, DATASET, spec);
    const assignments = await assignCustomers(matrix, spec);
    const { map, modelId } = spec.segmentation;
    for (const level of [0, 1]) {
      // A customer of the divided segment, and one of another.
      const at = assignments.subsegment.findIndex((id) => (id < 0) === (level === 1));
      const id = matrix.customerIds[at]!;
      const [row] = await warehouse.query(
        `select * exclude (city, first_order_at, count_orders) from ${
          warehouse.nameOf(DATASET, "dim_customer_segmented")
        } where customer_unique_id = ?`,
        [id],
      );
      const isDivided = level === 0;
      assert.deepEqual(row, {
        customer_unique_id: id,
        segment_id: assignments.segment[at],
        subsegment_id: isDivided ? assignments.subsegment[at] : null,
        neuron_x: Math.floor(assignments.neuron[at]! / map.height),
        neuron_y: assignments.neuron[at]! % map.height,
        distance: assignments.distance[at],
        margin: assignments.margin[at],
        subsegment_margin: isDivided ? assignments.subsegmentMargin[at] : null,
        model_id: modelId,
        segmented_at: "2026-11-22 18:00:00",
      });
    }
  }));

Deno.test("publishSegments() of the very same model changes nothing in the history", () =>
  inWarehouse(async (warehouse) => {
    await placeCustomers(warehouse, matrix.customerIds);
    const spec = await toPublishSpec(matrix);
    await publishSegments(warehouse, DATASET, spec);
    const before = await warehouse.fingerprint(DATASET, "dim_segment_history");
    const segmentedAt = SEGMENTED_AT.add({ hours: 1 });
    await publishSegments(warehouse, DATASET, { ...spec, segmentedAt });
    assert.equal(await warehouse.fingerprint(DATASET, "dim_segment_history"), before);
    const found = (await readSegments(warehouse, DATASET))!;
    assert.equal(found.segments[0]!.segmented_at, "2026-11-22 19:00:00");
  }));

Deno.test("publishSegments() closes the version of what has changed, to the microsecond", () =>
  inWarehouse(async (warehouse) => {
    await placeCustomers(warehouse, matrix.customerIds);
    const spec = await toPublishSpec(matrix);
    await publishSegments(warehouse, DATASET, spec);
    const segmentedAt = SEGMENTED_AT.add({ microseconds: 1 });
    const segments = spec.segments.map((each) => each.id === 1 ? { ...each, name: "New" } : each);
    await publishSegments(warehouse, DATASET, { ...spec, segments, segmentedAt });
    const { history } = (await readSegments(warehouse, DATASET))!;
    assert.equal(history.length, spec.segments.length + 1);
    const [old, now] = history.filter(({ segment_id }) => segment_id === 1);
    assert.deepEqual([old!.name, now!.name], [spec.segments[1]!.name, "New"]);
    assert.equal(old!.valid_to, now!.valid_from);
    assert.equal(now!.valid_to, null);

    await assert.rejects(
      publishSegments(warehouse, DATASET, { ...spec, segmentedAt }),
      { kind: "data", message: /version of segment 1 .* begins at .*, must be before/ },
    );
  }));

Deno.test("publishSegments() says of every table that a model was forced", () =>
  inWarehouse(async (warehouse) => {
    await placeCustomers(warehouse, matrix.customerIds);
    const spec = await toPublishSpec(matrix);
    await publishSegments(warehouse, DATASET, { ...spec, stability: [], wasForced: true });
    const { segments, history } = (await readSegments(warehouse, DATASET))!;
    for (const each of [...segments, ...history]) {
      assert.deepEqual([each.was_forced, each.stability, each.is_trustworthy], [true, null, null]);
    }
  }));

Deno.test("publishSegments() refuses what does not fit, and changes nothing", () =>
  inWarehouse(async (warehouse) => {
    const spec = await toPublishSpec(matrix);
    await assert.rejects(
      publishSegments(warehouse, DATASET, spec),
      /found no table .*dim_customer/,
    );
    await placeCustomers(warehouse, matrix.customerIds);
    await publishSegments(warehouse, DATASET, spec);
    const before = await fingerprints(warehouse);
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
    await placeCustomers(warehouse, ids);
    const unnamed = { ...spec, segments: spec.segments.slice(1) };
    await assert.rejects(publishSegments(warehouse, DATASET, unnamed), {
      kind: "data",
      message: /found names of segments 1, 2, 100.*, must be of 0, 1, 2, 100/,
    });
    const other = plantMarket(199).matrix;
    await assert.rejects(
      publishSegments(warehouse, DATASET, { ...spec, matrix: other }),
      /found a matrix of 199 customers, must be the 200 of the model/,
    );
    assert.deepEqual(await fingerprints(warehouse), before);
  }));
