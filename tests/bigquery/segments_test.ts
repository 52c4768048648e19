import { readCustomerMatrix } from "feira/features";
import {
  fitSegmentation,
  nameSegments,
  profileSegments,
  publishSegments,
  readArchetypes,
  readSegments,
} from "feira/segments";
import { openWarehouse, type TableLoad, type Warehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { ARCHETYPES_PATH, inFolder, plantMarket, SMALL } from "../segments/_market.ts";
import { ignore, openTestBigQuery } from "./_bigquery.ts";

const DATASET = "analytics_test";
const { matrix } = plantMarket(200);
const segmentedAt = Temporal.PlainDateTime.from("2026-11-22T18:00:00");

/** The two marts that segmenting reads. */
const MARTS: readonly TableLoad[] = [
  {
    name: "customer_features",
    columns: [
      { name: "customer_unique_id", type: "text" },
      ...matrix.featureNames.map((name) => ({ name, type: "float" }) as const),
    ],
    from: {
      rows: matrix.customerIds.map((id, row) => ({
        customer_unique_id: id,
        ...Object.fromEntries(
          matrix.featureNames.map((name, col) => [name, matrix.data[row * matrix.cols + col]]),
        ),
      })),
    },
  },
  {
    name: "dim_customer",
    columns: [
      { name: "customer_unique_id", type: "text", description: "The person who buys" },
      { name: "city", type: "text" },
      { name: "first_order_at", type: "timestamp" },
      { name: "count_orders", type: "integer" },
    ],
    from: {
      rows: matrix.customerIds.map((id, row) => ({
        customer_unique_id: id,
        city: row % 7 === 0 ? null : "são paulo",
        first_order_at: segmentedAt.subtract({ days: row }),
        count_orders: 1,
      })),
    },
  },
];

/** Reads features, segments, publishes and reads back, all through one warehouse. */
async function segment(warehouse: Warehouse) {
  await warehouse.replaceTables(DATASET, MARTS);
  const read = await readCustomerMatrix(warehouse, DATASET);
  const segmentation = await fitSegmentation(read, SMALL);
  const profiles = profileSegments(read, segmentation.segments);
  const segments = nameSegments(profiles, await readArchetypes(ARCHETYPES_PATH));
  const rows = await publishSegments(warehouse, DATASET, { segmentation, segments, segmentedAt });
  const customers = await warehouse.query(
    `select * from ${
      warehouse.nameOf(DATASET, "dim_customer_segmented")
    } order by customer_unique_id`,
  );
  return { data: read.data, rows, customers, published: await readSegments(warehouse, DATASET) };
}

Deno.test({
  name: "BigQuery: customers get the segments that they get on DuckDB",
  ignore,
  fn: () =>
    inFolder(async (root) => {
      const effects = { ...systemEffects, env: () => undefined };
      await using duckdb = await openWarehouse(openWorkspace({ root, project: "test", effects }));
      await using bigquery = await openTestBigQuery();
      const expected = await segment(duckdb);
      assert.deepEqual(expected.data, matrix.data);
      assert.equal(expected.customers.length, 200);
      assert.deepEqual(await segment(bigquery), expected);
    }),
});
