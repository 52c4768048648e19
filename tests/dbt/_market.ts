import { join } from "node:path";
import { cleanRawData, cleanTables } from "feira/clean";
import { placeRawData } from "feira/ingest";
import { openWarehouse } from "feira/warehouse";
import { openWorkspace, systemEffects, type Workspace } from "feira/workspace";
import { copyDir, repository } from "./_dbt.ts";

/** The moment that all rows of a test's load have. */
const LOADED = Temporal.PlainDateTime.from("2018-11-01T09:00:00");

/**
 * The real dbt project in a folder of its own, with the environment of this
 * repository, and a seed of one translation: the real one is placed by ingestion,
 * so that a checkout may have it or not.
 */
export async function projectCopy(project: string): Promise<Workspace> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "feira-dbt-" }));
  const own = openWorkspace({ root, project, engine: "duckdb" });
  const { venvDir, requirementsDir } = repository;
  const workspace = { ...own, venvDir, requirementsDir, duckdbPath: join(root, `${project}.db`) };
  await copyDir(repository.dbtDir, workspace.dbtDir);
  await copyDir(repository.seedsDir, workspace.seedsDir);
  await Deno.writeTextFile(
    join(workspace.seedsDir, "product_category_name_translation.csv"),
    "product_category_name,product_category_name_english\ncama,bed\n",
  );
  return workspace;
}

/** Such a folder with raw tables: those of the folder `raw`, else of a synthetic market. */
export async function marketCopy(
  project: string,
  source: { readonly orders: number } | { readonly raw: string },
): Promise<Workspace> {
  const workspace = await projectCopy(project);
  const effects = { ...systemEffects, log: () => {} };
  const wanted = "raw" in source ? { raw: source.raw } : { syntheticOrders: source.orders };
  await placeRawData(workspace, { ...wanted, effects });
  await cleanRawData(workspace, { effects });
  await using warehouse = await openWarehouse(workspace);
  await warehouse.replaceTables(workspace.datasets.raw, cleanTables(workspace), {
    loadTimestamp: LOADED,
  });
  return workspace;
}
