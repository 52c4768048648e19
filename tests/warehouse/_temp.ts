import { openWarehouse, type Warehouse } from "feira/warehouse";
import { openWorkspace, type Workspace } from "feira/workspace";

/** Runs a test on a workspace in a folder of its own. */
export async function withWorkspace(work: (workspace: Workspace) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "feira-warehouse-" });
  try {
    const effects = {
      now: () => Temporal.Instant.from("2018-09-01T12:00:00Z"),
      env: () => undefined,
      log: () => {},
      fetch,
    };
    await work(openWorkspace({ root, effects }));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** Runs a test on an empty warehouse of its own. */
export function withWarehouse(
  work: (warehouse: Warehouse, workspace: Workspace) => Promise<void>,
): Promise<void> {
  return withWorkspace(async (workspace) => {
    await using warehouse = await openWarehouse(workspace);
    await work(warehouse, workspace);
  });
}
