import { join } from "node:path";
import { openWarehouse, readBytesBilled } from "feira/warehouse";
import { type Effects, withVariables, type Workspace } from "feira/workspace";
import type { RunOptions } from "./_run_options.ts";

/** What every kernel of a run finds in its environment, and the runner itself in its effects. */
export function runVariables(
  workspace: Workspace,
  { maxBytesBilled, maxAgeSeconds }: Pick<RunOptions, "maxBytesBilled" | "maxAgeSeconds">,
  { now }: Pick<Effects, "now">,
): Record<string, string> {
  return {
    PROJECT_NAME: workspace.project,
    FEIRA_WAREHOUSE: workspace.engine,
    FEIRA_RUN: now().toString({ smallestUnit: "second" }),
    ...(maxBytesBilled !== undefined && { FEIRA_MAX_BYTES_BILLED: String(maxBytesBilled) }),
    ...(maxAgeSeconds !== undefined && { FEIRA_MAX_AGE_SECONDS: String(maxAgeSeconds) }),
  };
}

/** What one notebook's kernel finds besides. */
export function notebookVariables(workspace: Workspace, name: string): Record<string, string> {
  return { FEIRA_NOTEBOOK: name, FEIRA_BYTES_BILLED_FILE: billedFileOf(workspace, name) };
}

/** Effects by which what the runner itself does for a notebook, or for none, is billed to it. */
export function billedTo(workspace: Workspace, name: string, effects: Effects): Effects {
  return withVariables(effects, notebookVariables(workspace, name));
}

/** Where looking at tables is added to the bill; no notebook has that name. */
export const LOOKING = "fingerprints";

/** Forgets what the last run was billed. */
export async function startBill(workspace: Workspace): Promise<void> {
  const folder = join(workspace.runsDir, "billed");
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(folder, { recursive: true });
}

/** What a notebook has been billed for in the last run, in bytes. */
export function bytesBilledTo(workspace: Workspace, name: string): Promise<number> {
  return readBytesBilled(billedFileOf(workspace, name));
}

/**
 * Finds before anything runs what on BigQuery would end the run: settings,
 * credentials, the project, the permission to run jobs. A dry run is free.
 *
 * @throws {FeiraError} `usage` or `environment`, naming the setting or the role.
 */
export async function assertReachable(workspace: Workspace, effects: Effects): Promise<void> {
  if (workspace.engine === "duckdb") return;
  await using warehouse = await openWarehouse(workspace, { effects });
  await warehouse.bytesToRead("select 1 as one");
  // Also where the datasets are: none can be used from another location.
  await warehouse.tableVersions(workspace.datasets.raw);
}

function billedFileOf({ runsDir }: Workspace, name: string): string {
  return join(runsDir, "billed", name);
}
