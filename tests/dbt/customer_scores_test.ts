import assert from "node:assert/strict";
import type { CustomerMatrix } from "feira/features";
import { join } from "node:path";
import {
  loadScorer,
  publishSegments,
  readSegments,
  saveModel,
  scoreCustomers,
  scoresTable,
} from "feira/segments";
import { openWarehouse } from "feira/warehouse";
import { systemEffects } from "feira/workspace";
import { score } from "../../lib/cli/_score.ts";
import { featuresTable } from "../segments/_features_table.ts";
import { plantMarket } from "../segments/_market.ts";
import { placeCustomers, toPublishSpec } from "../segments/_published.ts";
import { needsPython, skipped } from "./_dbt.ts";
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
    await saveModel(join(workspace.modelsDir, "model"), spec.segmentation, matrix, spec);
    const { published, scorer } = await (async () => {
      await using warehouse = await openWarehouse(workspace);
      await placeCustomers(warehouse, matrix.customerIds);
      await publishSegments(warehouse, analytics, spec);
      await warehouse.replaceTables(analytics, [featuresTable(later)]);
      return {
        published: (await readSegments(warehouse, analytics))!,
        scorer: await loadScorer(join(workspace.modelsDir, "model")),
      };
    })();
    assert.equal(scorer.divisions.length, 1);
    const { segments } = await score(workspace, {
      by: "both",
      banner: "Planted.",
      effects: { ...systemEffects, log: () => {} },
    });
    assert.equal(segments.reduce((sum, { customers }) => sum + customers, 0), 702);
    assert.equal(segments.reduce((sum, { newcomers }) => sum + newcomers, 0), 2);
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
    const tables = await warehouse.listTables(analytics);
    assert.match(tables.find(({ name }) => name === "customer_scores")!.comment!, /^Planted\./);
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
