import { openWarehouse, type TableInfo } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import type { WorkspaceCopy } from "./_workspace_copy.ts";

/** Every analytics table with its rows, comment and fingerprint, by full name. */
export async function listTablesWithFingerprints(
  { root }: WorkspaceCopy,
): Promise<[name: string, TableInfo & { fingerprint: string | undefined }][]> {
  const effects = { ...systemEffects, env: () => undefined };
  const workspace = openWorkspace({ root, project: "olist", engine: "duckdb", effects });
  await using warehouse = await openWarehouse(workspace, { readOnly: true });
  const { analytics } = workspace.datasets;
  const tables = await warehouse.listTables(analytics);
  return await Promise.all(tables.map(async (table) => {
    const fingerprint = await warehouse.fingerprint(analytics, table.name);
    return [`${analytics}.${table.name}`, { ...table, fingerprint }] as const;
  })) as [string, TableInfo & { fingerprint: string | undefined }][];
}
