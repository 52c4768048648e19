import { readSegments, type SegmentVersion } from "feira/segments";
import { openWarehouse, type TableInfo } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import type { WorkspaceCopy } from "./_workspace_copy.ts";

/** The workspace of the copy, whatever this process's environment is. */
function workspaceOf({ root }: WorkspaceCopy) {
  const effects = { ...systemEffects, env: () => undefined };
  return openWorkspace({ root, project: "olist", engine: "duckdb", effects });
}

/** Every analytics table with its rows, comment and fingerprint, by full name. */
export async function listTablesWithFingerprints(
  copy: WorkspaceCopy,
): Promise<[name: string, TableInfo & { fingerprint: string | undefined }][]> {
  const workspace = workspaceOf(copy);
  await using warehouse = await openWarehouse(workspace, { readOnly: true });
  const { analytics } = workspace.datasets;
  const tables = await warehouse.listTables(analytics);
  return await Promise.all(tables.map(async (table) => {
    const fingerprint = await warehouse.fingerprint(analytics, table.name);
    return [`${analytics}.${table.name}`, { ...table, fingerprint }] as const;
  })) as [string, TableInfo & { fingerprint: string | undefined }][];
}

/** Every version of every segment that was ever published. */
export async function readVersions(copy: WorkspaceCopy): Promise<readonly SegmentVersion[]> {
  const workspace = workspaceOf(copy);
  await using warehouse = await openWarehouse(workspace, { readOnly: true });
  return (await readSegments(warehouse, workspace.datasets.analytics))!.history;
}
