import { readSegmentCounts } from "feira/segments";
import { openWarehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { DATASET, placeFive } from "../segments/_five_customers.ts";
import { inFolder } from "../segments/_market.ts";
import { ignore, openTestBigQuery } from "./_bigquery.ts";

Deno.test({
  name: "BigQuery: a portrait's counts are those that DuckDB gives",
  ignore,
  fn: () =>
    inFolder(async (root) => {
      const effects = { ...systemEffects, env: () => undefined };
      const workspace = openWorkspace({ root, project: "test", engine: "duckdb", effects });
      await using duckdb = await openWarehouse(workspace);
      await using bigquery = await openTestBigQuery();
      await placeFive(duckdb);
      await placeFive(bigquery);
      assert.deepEqual(
        await readSegmentCounts(bigquery, DATASET),
        await readSegmentCounts(duckdb, DATASET),
      );
    }),
});
