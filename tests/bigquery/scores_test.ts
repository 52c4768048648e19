import { publishSegments, saveModel } from "feira/segments";
import { openBigQuery } from "feira/warehouse";
import { type Effects, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";
import { score } from "../../lib/cli/_score.ts";
import { projectCopy } from "../dbt/_market.ts";
import { featuresTable } from "../segments/_features_table.ts";
import { plantMarket } from "../segments/_market.ts";
import { DATASET, placeCustomers, toPublishSpec } from "../segments/_published.ts";
import { EMULATOR, ignore, newProject } from "./_bigquery.ts";

Deno.test({
  name: "BigQuery: score() assigns by SQL whom TypeScript assigns, to the same segments",
  ignore,
  fn: async () => {
    const { matrix } = plantMarket(120);
    const local = await projectCopy("test");
    const own = { GOOGLE_CLOUD_PROJECT: newProject(), FEIRA_BIGQUERY_ENDPOINT: EMULATOR };
    const effects: Effects = {
      ...systemEffects,
      env: (name) => ({ ...Deno.env.toObject(), ...own })[name],
      log: () => {},
    };
    const workspace = { ...local, engine: "bigquery" } as const;
    try {
      const spec = await toPublishSpec(matrix);
      await saveModel(join(workspace.modelsDir, "model"), spec.segmentation, matrix, spec);
      {
        await using warehouse = await openBigQuery(workspace, {
          effects,
          patience: { totalMs: 60_000, pauseMs: 60 },
        });
        await placeCustomers(warehouse, matrix.customerIds);
        await publishSegments(warehouse, DATASET, spec);
        await warehouse.replaceTables(DATASET, [featuresTable(matrix)]);
      }
      // "both" ends with an error where one customer differs.
      const { segments } = await score(workspace, { by: "both", effects });
      assert.deepEqual(segments.map(({ customers }) => customers), spec.segmentation.sizes);
      for (const { newcomers, moved } of segments) assert.deepEqual([newcomers, moved], [0, 0]);
    } finally {
      await Deno.remove(local.root, { recursive: true });
    }
  },
});
