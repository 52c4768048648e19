import { openWarehouse } from "feira/warehouse";
import { FeiraError, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { startOther } from "./_other_process.ts";
import { withWorkspace } from "./_temp.ts";

const refused = (kind: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof FeiraError, String(error));
  assert.equal(error.kind, kind);
  assert.match(error.message, message);
  return true;
};

Deno.test("openWarehouse() makes the folder and the file", () =>
  withWorkspace(async (workspace) => {
    const nested = { ...workspace, duckdbPath: `${workspace.root}/a/b/c.duckdb` };
    const warehouse = await openWarehouse(nested);
    assert.equal(warehouse.engine, "duckdb");
    await warehouse.close();
    await warehouse.close();
    assert.ok((await Deno.stat(nested.duckdbPath)).isFile);
  }));

Deno.test("openWarehouse() keeps what was written when it is closed, and leaves no log", () =>
  withWorkspace(async (workspace) => {
    {
      await using warehouse = await openWarehouse(workspace);
      await warehouse.query("create table t as select 1 as a");
    }
    assert.deepEqual([...Deno.readDirSync(workspace.dataDir)].map((entry) => entry.name), [
      "olist.duckdb",
    ]);
    await using reader = await openWarehouse(workspace, { readOnly: true });
    assert.deepEqual(await reader.query("from t"), [{ a: 1 }]);
  }));

Deno.test("openWarehouse() opens BigQuery where the workspace is of it", () =>
  withWorkspace(async (workspace) => {
    const bigquery = { ...workspace, engine: "bigquery" } as const;
    const withEnv = (variables: Record<string, string>) => ({
      effects: { ...systemEffects, env: (name: string) => variables[name] },
    });
    const warehouse = await openWarehouse(bigquery, withEnv({ GOOGLE_CLOUD_PROJECT: "p" }));
    assert.equal(warehouse.engine, "bigquery");
    await assert.rejects(
      () => openWarehouse(bigquery, withEnv({})),
      refused("usage", /GOOGLE_CLOUD_PROJECT is not set, must be the id of the project that pays/),
    );
  }));

Deno.test("openWarehouse() says who makes the file when it is not there to be read", () =>
  withWorkspace(async (workspace) => {
    await assert.rejects(
      () => openWarehouse(workspace, { readOnly: true }),
      refused("environment", /olist\.duckdb: it is not there, must be made by the notebooks/),
    );
    await assert.rejects(() => Deno.stat(workspace.dataDir), Deno.errors.NotFound);
  }));

Deno.test("openWarehouse() names the process that holds the file", () =>
  withWorkspace(async (workspace) => {
    const other = await startOther(workspace.root, "write");
    try {
      for (const readOnly of [false, true]) {
        await assert.rejects(
          () => openWarehouse(workspace, { readOnly }),
          refused("environment", new RegExp(`PID ${other.pid}\\) holds it, must be closed there`)),
        );
      }
    } finally {
      await other.kill();
    }
    await (await openWarehouse(workspace)).close();
  }));

Deno.test("openWarehouse() lets several processes read, and none write meanwhile", () =>
  withWorkspace(async (workspace) => {
    await (await openWarehouse(workspace)).close();
    const other = await startOther(workspace.root, "read");
    try {
      await using reader = await openWarehouse(workspace, { readOnly: true });
      assert.deepEqual(await reader.query("select 1 as a"), [{ a: 1 }]);
      await reader.close();
      await assert.rejects(() => openWarehouse(workspace), refused("environment", /PID/));
    } finally {
      await other.kill();
    }
  }));

Deno.test("openWarehouse() shares the file within a process and keeps it from others to the last close", () =>
  withWorkspace(async (workspace) => {
    await using first = await openWarehouse(workspace);
    const second = await openWarehouse(workspace);
    await second.query("create table t as select 1 as a");
    assert.deepEqual(await first.query("from t"), [{ a: 1 }]);
    await second.close();
    await assert.rejects(() => startOther(workspace.root, "read"), /has failed.*PID/s);
    await assert.rejects(
      () => openWarehouse(workspace, { readOnly: true }),
      refused("environment", /this process has it open with the other access/),
    );
  }));

Deno.test("openWarehouse() refuses a file that is no warehouse and a folder that cannot be made", () =>
  withWorkspace(async (workspace) => {
    const path = `${workspace.root}/notes.txt`;
    await Deno.writeTextFile(path, "not a table in sight\n".repeat(1000));
    await assert.rejects(
      () => openWarehouse({ ...workspace, duckdbPath: path }),
      refused("environment", /notes\.txt: it is not a DuckDB file/),
    );
    await assert.rejects(
      () => openWarehouse({ ...workspace, duckdbPath: `${path}/data/olist.duckdb` }),
      refused("environment", /Cannot open warehouse .*must be in a folder/),
    );
  }));
