import { openWarehouse, type Warehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";

/** Gives a DuckDB warehouse with nothing in it to a test, and takes it away again. */
export async function withDuckDb(test: (warehouse: Warehouse) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "feira_distributed_" });
  try {
    const effects = { ...systemEffects, env: () => undefined };
    await using warehouse = await openWarehouse(openWorkspace({ root, effects }));
    await test(warehouse);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
