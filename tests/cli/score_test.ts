import { loadScorer, publishSegments, saveModel, scoreCustomers } from "feira/segments";
import { openWarehouse } from "feira/warehouse";
import { openWorkspace, systemEffects, type Workspace } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";
import { differentScores } from "../../lib/cli/_different_scores.ts";
import { score } from "../../lib/cli/_score.ts";
import { featuresTable } from "../segments/_features_table.ts";
import { inFolder, plantMarket } from "../segments/_market.ts";
import { DATASET, placeCustomers, toPublishSpec } from "../segments/_published.ts";

const { matrix } = plantMarket(300);
const spec = await toPublishSpec(matrix);

/** A workspace with a saved model that is published, and its customers. */
async function inMarket(test: (workspace: Workspace) => Promise<void>): Promise<void> {
  await inFolder(async (root) => {
    const effects = { ...systemEffects, env: () => undefined };
    const workspace = openWorkspace({ root, project: "test", engine: "duckdb", effects });
    await saveModel(join(workspace.modelsDir, "model"), spec.segmentation, matrix, spec);
    {
      await using warehouse = await openWarehouse(workspace);
      await placeCustomers(warehouse, matrix.customerIds);
      await publishSegments(warehouse, DATASET, spec);
      await warehouse.replaceTables(DATASET, [featuresTable(matrix)]);
    }
    await test(workspace);
  });
}

Deno.test("score() gives unchanged customers their published segments, and counts them", () =>
  inMarket(async (workspace) => {
    const { modelId, segments } = await score(workspace, { by: "typescript", banner: "Planted." });
    assert.equal(modelId, spec.segmentation.modelId);
    assert.deepEqual(segments.map(({ customers }) => customers), spec.segmentation.sizes);
    for (const { newcomers, moved } of segments) assert.deepEqual([newcomers, moved], [0, 0]);
    assert.equal(segments.reduce((sum, { unlike }) => sum + unlike, 0), 1);
    await using warehouse = await openWarehouse(workspace);
    const { rows, numbers } = await warehouse.columns(
      `select segment_id from ${DATASET}.customer_scores order by customer_unique_id`,
    );
    assert.equal(rows, 300);
    assert.deepEqual([...numbers.segment_id!], [...spec.segmentation.segments]);
    const table = (await warehouse.listTables(DATASET)).find(({ name }) =>
      name === "customer_scores"
    );
    assert.match(table!.comment!, /^Planted\.\nOne row per customer/);
  }));

Deno.test("score() follows customers whose features have changed, and takes new ones", () =>
  inMarket(async (workspace) => {
    const data = matrix.data.slice();
    const [first, other] = [
      spec.segmentation.segments[0]!,
      spec.segmentation.segments.findIndex((id) => id !== spec.segmentation.segments[0]),
    ];
    data.copyWithin(0, other * matrix.cols, (other + 1) * matrix.cols);
    const customerIds = matrix.customerIds.with(1, "newcomer");
    const later = { ...matrix, data, customerIds };
    {
      await using warehouse = await openWarehouse(workspace);
      await warehouse.replaceTables(DATASET, [featuresTable(later)]);
    }
    const { segments } = await score(workspace, { by: "typescript" });
    assert.equal(segments.reduce((sum, { newcomers }) => sum + newcomers, 0), 1);
    assert.equal(segments.reduce((sum, { moved }) => sum + moved, 0), 1);
    const scorer = await loadScorer(join(workspace.modelsDir, "model"));
    const { segment } = await scoreCustomers(later, scorer);
    assert.notEqual(segment[0], first);
  }));

Deno.test("score() refuses without a model, without segments, and with those of another model", () =>
  inMarket(async (workspace) => {
    const refused = (message: RegExp) => ({ name: "FeiraError", kind: "data", message });
    const options = { by: "typescript" } as const;
    {
      await using warehouse = await openWarehouse(workspace);
      await warehouse.query(`update ${DATASET}.dim_segment set model_id = 'other'`);
    }
    await assert.rejects(score(workspace, options), refused(/found segments of model other/));
    {
      await using warehouse = await openWarehouse(workspace);
      await warehouse.query(`drop table ${DATASET}.dim_segment`);
    }
    await assert.rejects(score(workspace, options), refused(/found no published segments/));
    await Deno.remove(join(workspace.modelsDir, "model"), { recursive: true });
    await assert.rejects(score(workspace, options), refused(/^Cannot load model/));
    await using warehouse = await openWarehouse(workspace);
    const tables = await warehouse.listTables(DATASET);
    assert.ok(!tables.some(({ name }) => name === "customer_scores"));
  }));

Deno.test("differentScores() names each customer of whom two ways say different things", () => {
  const row = (id: string, segment: number, distance: number, is_new = false) => {
    return { customer_unique_id: id, segment_id: segment, distance, is_new };
  };
  const expected = {
    name: "customer_scores",
    columns: [
      { name: "customer_unique_id", type: "text" },
      { name: "segment_id", type: "integer" },
      { name: "distance", type: "float" },
      { name: "is_new", type: "boolean" },
    ] as const,
    from: { rows: ["a", "b", "c", "d", "e"].map((id) => row(id, 0, 2)) },
  };
  const same = [row("e", 0, 2 + 1e-10), row("d", 0, 2), row("c", 0, 2), row("b", 0, 2)];
  assert.deepEqual(differentScores([...same, row("a", 0, 2)], expected), []);
  const found = [row("a", 1, 2), row("b", 0, 2 + 1e-6), row("c", 0, 2, true), row("d", 0, 2)];
  assert.deepEqual(differentScores([...found, row("z", 0, 2)], expected), [
    "a",
    "b",
    "c",
    "e",
    "z",
  ]);
});
