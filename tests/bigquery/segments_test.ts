import { readCustomerMatrix } from "feira/features";
import { changesSince, publishSegments, readSegments } from "feira/segments";
import { openWarehouse, type TableLoad, type Warehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { inFolder, plantMarket } from "../segments/_market.ts";
import { DATASET, placeCustomers, SEGMENTED_AT, toPublishSpec } from "../segments/_published.ts";
import { ignore, openTestBigQuery } from "./_bigquery.ts";

const { matrix } = plantMarket(200);
const TABLES = ["dim_segment", "dim_segment_history", "segment_baseline"];

/** The mart that segmenting reads. */
const FEATURES: TableLoad = {
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
};

/**
 * Reads features, segments, publishes, reads back, and publishes once more with
 * another name, all through one warehouse.
 */
async function segment(warehouse: Warehouse) {
  await warehouse.replaceTables(DATASET, [FEATURES]);
  await placeCustomers(warehouse, matrix.customerIds);
  const read = await readCustomerMatrix(warehouse, DATASET);
  const spec = await toPublishSpec(read);
  const rows = await publishSegments(warehouse, DATASET, spec);
  const published = (await readSegments(warehouse, DATASET))!;
  const changes = await changesSince(published, { ...spec, modelDir: "nowhere" });
  const segments = spec.segments.map((each) => each.id === 1 ? { ...each, name: "New" } : each);
  const segmentedAt = SEGMENTED_AT.add({ milliseconds: 1 });
  await publishSegments(warehouse, DATASET, { ...spec, segments, segmentedAt });
  const customers = await warehouse.query(
    `select * from ${
      warehouse.nameOf(DATASET, "dim_customer_segmented")
    } order by customer_unique_id`,
  );
  const columns = await Promise.all(TABLES.map((table) => warehouse.loadColumns(DATASET, table)));
  const again = await readSegments(warehouse, DATASET);
  return { data: read.data, rows, published, changes, customers, columns, again };
}

Deno.test({
  name: "BigQuery: customers get the segments that they get on DuckDB, and so does the history",
  ignore,
  fn: () =>
    inFolder(async (root) => {
      const effects = { ...systemEffects, env: () => undefined };
      await using duckdb = await openWarehouse(openWorkspace({ root, project: "test", effects }));
      await using bigquery = await openTestBigQuery();
      const expected = await segment(duckdb);
      assert.deepEqual(expected.data, matrix.data);
      assert.equal(expected.customers.length, 200);
      assert.equal(expected.again!.history.length, expected.published.history.length + 1);
      assert.deepEqual(await segment(bigquery), expected);
    }),
});
