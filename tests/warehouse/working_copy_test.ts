import { beginWork, openWarehouse } from "feira/warehouse";
import { FeiraError, type Workspace } from "feira/workspace";
import assert from "node:assert/strict";
import { startOther } from "./_other_process.ts";
import { withWorkspace } from "./_temp.ts";

/** Names in a folder; by default the one that holds the warehouse. */
const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map((entry) => entry.name).sort();
const filesOf = (workspace: Workspace) => namesIn(workspace.dataDir);
const copiesOf = (workspace: Workspace) =>
  filesOf(workspace).filter((name) => name.startsWith(".olist.duckdb.work-"));

async function write(workspace: Workspace, value: number, path = workspace.duckdbPath) {
  await using warehouse = await openWarehouse({ ...workspace, duckdbPath: path });
  await warehouse.query(`create or replace table t as select ${value} as a`);
}

async function read(workspace: Workspace): Promise<unknown> {
  await using warehouse = await openWarehouse(workspace, { readOnly: true });
  return (await warehouse.query<{ a: number }>("from t"))[0]!.a;
}

Deno.test("beginWork() changes the original at commit and not before", () =>
  withWorkspace(async (workspace) => {
    await write(workspace, 1);
    const work = await beginWork(workspace);
    await write(workspace, 2, work.workspace.duckdbPath);
    assert.equal(await read(workspace), 1);
    await work.commit();
    assert.equal(await read(workspace), 2);
    assert.deepEqual(filesOf(workspace), ["olist.duckdb"]);
    await work.discard();
    assert.equal(await read(workspace), 2);
    await assert.rejects(() => work.commit(), TypeError);
  }));

Deno.test("beginWork() leaves the original as it was when discarded or disposed", () =>
  withWorkspace(async (workspace) => {
    await write(workspace, 1);
    const before = await Deno.readFile(workspace.duckdbPath);
    {
      await using work = await beginWork(workspace);
      await write(workspace, 2, work.workspace.duckdbPath);
      assert.equal(copiesOf(workspace).length, 1);
    }
    assert.deepEqual(filesOf(workspace), ["olist.duckdb"]);
    assert.deepEqual(await Deno.readFile(workspace.duckdbPath), before);
  }));

Deno.test("beginWork() starts without a copy when there is no original", () =>
  withWorkspace(async (workspace) => {
    const idle = await beginWork(workspace);
    await assert.rejects(() => Deno.stat(idle.workspace.duckdbPath), Deno.errors.NotFound);
    await idle.commit();
    assert.deepEqual(filesOf(workspace), []);
    const work = await beginWork(workspace);
    await write(workspace, 3, work.workspace.duckdbPath);
    await work.commit();
    assert.equal(await read(workspace), 3);
  }));

Deno.test("beginWork() removes what a killed process left, and not what a living one has", () =>
  withWorkspace(async (workspace) => {
    await write(workspace, 1);
    const killed = await startOther(workspace.root, "work");
    const living = await startOther(workspace.root, "work");
    try {
      await killed.kill();
      const [first, second] = copiesOf(workspace);
      assert.ok(first && second);
      await using work = await beginWork(workspace);
      const left = copiesOf(workspace).filter((name) => !work.workspace.duckdbPath.includes(name));
      assert.equal(left.length, 1, "the living one's");
      assert.ok([first, second].includes(left[0]!));
      assert.equal(await read(workspace), 1);
    } finally {
      await living.kill();
    }
    await (await beginWork(workspace)).discard();
    assert.deepEqual(filesOf(workspace), ["olist.duckdb"]);
  }));

Deno.test("beginWork() takes in the log that a killed writer left beside the original", () =>
  withWorkspace(async (workspace) => {
    const other = await startOther(workspace.root, "work");
    await other.kill();
    const left = `${workspace.dataDir}/${copiesOf(workspace)[0]}`;
    assert.ok(namesIn(left).includes("olist.duckdb.wal"), "the killed process left no log");
    for (const suffix of ["", ".wal"]) {
      await Deno.rename(`${left}/olist.duckdb${suffix}`, workspace.duckdbPath + suffix);
    }
    const work = await beginWork(workspace);
    await work.commit();
    assert.deepEqual(filesOf(workspace), ["olist.duckdb"]);
    await using warehouse = await openWarehouse(workspace, { readOnly: true });
    assert.deepEqual(await warehouse.query("from half"), [{ a: 1 }]);
  }));

Deno.test("commit() takes in the log that a killed writer left beside the copy", () =>
  withWorkspace(async (workspace) => {
    await write(workspace, 1);
    await using work = await beginWork(workspace);
    const other = await startOther(workspace.root, "work");
    await other.kill();
    const left = copiesOf(workspace).find((name) => !work.workspace.duckdbPath.includes(name))!;
    for (const suffix of ["", ".wal"]) {
      await Deno.rename(
        `${workspace.dataDir}/${left}/olist.duckdb${suffix}`,
        work.workspace.duckdbPath + suffix,
      );
    }
    await work.commit();
    await using warehouse = await openWarehouse(workspace, { readOnly: true });
    assert.deepEqual(await warehouse.query("select half.a from half, t"), [{ a: 1 }]);
  }));

Deno.test("commit() keeps views whose text names the catalog, as dbt's do", () =>
  withWorkspace(async (workspace) => {
    const work = await beginWork(workspace);
    {
      await using warehouse = await openWarehouse({
        ...workspace,
        duckdbPath: work.workspace.duckdbPath,
      });
      await warehouse.query(
        `create table t as select 5 as a; create view v as select a from "olist"."main"."t"`,
      );
    }
    await work.commit();
    await using warehouse = await openWarehouse(workspace, { readOnly: true });
    assert.deepEqual(await warehouse.query("from v"), [{ a: 5 }]);
  }));

Deno.test("commit() refuses when the original was changed meanwhile", () =>
  withWorkspace(async (workspace) => {
    await write(workspace, 1);
    await using work = await beginWork(workspace);
    await write(workspace, 2, work.workspace.duckdbPath);
    await write(workspace, 7);
    await assert.rejects(() => work.commit(), (error: unknown) => {
      assert.ok(error instanceof FeiraError);
      assert.match(error.message, /was changed since the work began/);
      return true;
    });
    assert.equal(await read(workspace), 7);
  }));

Deno.test("beginWork() refuses while another process writes, and commits beside one that reads", () =>
  withWorkspace(async (workspace) => {
    await write(workspace, 1);
    const writer = await startOther(workspace.root, "write");
    await assert.rejects(() => beginWork(workspace), /PID \d+\) holds it/);
    await writer.kill();
    assert.deepEqual(copiesOf(workspace), []);
    const reader = await startOther(workspace.root, "read");
    try {
      const work = await beginWork(workspace);
      await write(workspace, 2, work.workspace.duckdbPath);
      await work.commit();
      assert.equal(await read(workspace), 2);
    } finally {
      await reader.kill();
    }
  }));
