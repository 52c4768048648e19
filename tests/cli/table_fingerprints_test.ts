import { openWarehouse } from "feira/warehouse";
import { openWorkspace, systemEffects, type Workspace } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";
import { TableFingerprints } from "../../lib/cli/_table_fingerprints.ts";

async function withWorkspace(test: (workspace: Workspace) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "feira-fingerprints-" });
  try {
    await test(openWorkspace({ root, effects: { ...systemEffects, env: () => undefined } }));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function load(workspace: Workspace, numbers: readonly number[], hour: number): Promise<void> {
  await using warehouse = await openWarehouse(workspace);
  const columns = [{ name: "n", type: "integer" }] as const;
  const rows = numbers.map((n) => ({ n }));
  await warehouse.replaceTables(
    "raw_olist",
    ["orders", "items"].map((name) => ({ name, columns, from: { rows } })),
    { loadTimestamp: Temporal.PlainDateTime.from(`2018-09-01T${hour}:00:00`) },
  );
}

async function look(workspace: Workspace, resource: string): Promise<string | undefined> {
  await using tables = new TableFingerprints(workspace);
  return await tables.of(resource);
}

Deno.test("TableFingerprints.of() follows what a table holds, and not when it was loaded", () =>
  withWorkspace(async (workspace) => {
    assert.equal(await look(workspace, "raw_olist.*"), undefined);
    await load(workspace, [1, 2], 10);
    const [table, dataset] = [
      await look(workspace, "raw_olist.orders"),
      await look(workspace, "raw_olist.*"),
    ];
    assert.equal(dataset, `items:${table} orders:${table}`);
    await load(workspace, [2, 1], 11);
    assert.equal(await look(workspace, "raw_olist.orders"), table);
    assert.equal(await look(workspace, "raw_olist.*"), dataset);
    await load(workspace, [1, 3], 11);
    assert.notEqual(await look(workspace, "raw_olist.orders"), table);
    assert.equal(await look(workspace, "raw_olist.none"), undefined);
    assert.equal(await look(workspace, "staging_olist.*"), undefined);
  }));

Deno.test("TableFingerprints.of() opens no database whose file is as it was", () =>
  withWorkspace(async (workspace) => {
    await load(workspace, [1, 2], 10);
    const before = await look(workspace, "raw_olist.orders");
    // A process may write or several may read: opened for writing, it cannot be opened for reading.
    await using _writer = await openWarehouse(workspace);
    assert.equal(await look(workspace, "raw_olist.orders"), before);
    await assert.rejects(() => look(workspace, "raw_olist.items"), /with the other access/);
  }));

Deno.test("TableFingerprints.of() hashes anew where what it has kept is broken or gone", () =>
  withWorkspace(async (workspace) => {
    await load(workspace, [1, 2], 10);
    const before = await look(workspace, "raw_olist.orders");
    const file = join(workspace.runsDir, "tables_duckdb.json");
    await Deno.writeTextFile(file, '{"raw_olist.orders": {"versio');
    assert.equal(await look(workspace, "raw_olist.orders"), before);
    await Deno.remove(file);
    assert.equal(await look(workspace, "raw_olist.orders"), before);
  }));
