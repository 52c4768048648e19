import assert from "node:assert/strict";
import type { CustomerMatrix } from "feira/features";
import {
  publishSegments,
  scoreCustomers,
  scorerTables,
  scoresTable,
  toScorer,
} from "feira/segments";
import { openWarehouse } from "feira/warehouse";
import { featuresTable } from "../segments/_features_table.ts";
import { plantMarket } from "../segments/_market.ts";
import { placeCustomers, toPublishSpec } from "../segments/_published.ts";
import { needsPython, runDbt, skipped } from "./_dbt.ts";
import { projectCopy } from "./_market.ts";

/** Rounding may differ in the last digits: BigQuery and DuckDB sum in their own ways. */
const DIGITS = 9;

Deno.test(`customer_scores assigns every customer as scoreCustomers() does${skipped}`, {
  ...needsPython,
}, async () => {
  const { matrix } = plantMarket(700);
  const later = changed(matrix);
  const workspace = await projectCopy("test");
  const { analytics } = workspace.datasets;
  try {
    const spec = await toPublishSpec(matrix);
    const scorer = toScorer({ ...spec, distances: spec.segmentation.units.distance });
    assert.equal(scorer.divisions.length, 1);
    const published = new Map<string, { segment: number; subsegment?: number }>();
    {
      await using warehouse = await openWarehouse(workspace);
      await placeCustomers(warehouse, matrix.customerIds);
      await publishSegments(warehouse, analytics, spec);
      const rows = await warehouse.query<Record<string, number | null> & { id: string }>(
        `select customer_unique_id as id, segment_id, subsegment_id
         from ${warehouse.nameOf(analytics, "dim_customer_segmented")}`,
      );
      for (const { id, segment_id, subsegment_id } of rows) {
        published.set(id, {
          segment: segment_id!,
          ...(subsegment_id !== null && { subsegment: subsegment_id! }),
        });
      }
      await warehouse.replaceTables(analytics, [featuresTable(later), ...scorerTables(scorer)]);
    }
    const { code, lastLines } = await runDbt(
      ["build", "--selector", "scores", "--vars", JSON.stringify({ project: "test" })],
      {
        projectDir: workspace.dbtDir,
        targetDir: workspace.dbtTargetDir,
        env: { FEIRA_DUCKDB_PATH: workspace.duckdbPath },
      },
    );
    assert.equal(code, 0, lastLines.join("\n"));
    const scores = scoresTable(await scoreCustomers(later, scorer), scorer, published);
    await using warehouse = await openWarehouse(workspace);
    const found = await warehouse.query(
      `select * from ${warehouse.nameOf(analytics, "customer_scores")} order by customer_unique_id`,
    );
    const wanted = (scores.from as { rows: Record<string, unknown>[] }).rows
      .toSorted((a, b) => String(a.customer_unique_id) < String(b.customer_unique_id) ? -1 : 1);
    assert.equal(found.length, 702);
    assert.deepEqual(found.map(rounded), wanted.map(rounded));
    for (const flag of ["is_unlike", "is_new", "has_moved"]) {
      assert.ok(found.some((row) => row[flag]) && found.some((row) => !row[flag]), flag);
    }
    const types = await warehouse.loadColumns(analytics, "customer_scores");
    const withoutText = (columns: typeof types) =>
      columns.map(({ name, type }) => ({ name, type }));
    assert.deepEqual(withoutText(types), withoutText([...scores.columns]));
  } finally {
    await Deno.remove(workspace.root, { recursive: true });
  }
});

/**
 * The same customers some time later: a tenth have changed, two are new, and one of
 * these is like nobody; some have no review, no payment or no items.
 */
function changed(matrix: CustomerMatrix): CustomerMatrix {
  const { rows, cols, featureNames } = matrix;
  const data = new Float64Array((rows + 2) * cols);
  data.set(matrix.data);
  data.set(matrix.data.subarray(0, 2 * cols), rows * cols);
  const set = (row: number, name: string, value: number) =>
    data[row * cols + featureNames.indexOf(name)] = value;
  for (let row = 0; row < rows; row += 10) {
    set(row, "monetary", 1500 + row);
    set(row, "avg_order_value", 1500);
    set(row, "avg_product_category_value", 1500);
    if (row % 20 === 0) {
      for (const name of ["num_reviews", "avg_review_score"]) set(row, name, 0);
    }
    if (row % 30 === 0) set(row, "avg_payment_installments", 0);
    if (row % 70 === 0) set(row, "total_order_items", 0);
  }
  set(rows + 1, "monetary", 1e6);
  return {
    ...matrix,
    customerIds: [...matrix.customerIds, "newcomer", "stranger"],
    data,
    rows: rows + 2,
  };
}

function rounded(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === "number" ? Number(value.toFixed(DIGITS)) : value,
    ]),
  );
}
