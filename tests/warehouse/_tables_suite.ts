import type { TableLoad, Warehouse } from "feira/warehouse";
import assert from "node:assert/strict";
import { numbersLoad, type SuiteEngine, suiteTest } from "./_suite.ts";

type Rows = readonly (readonly [number | null, string | null])[];

const pairs = (rows: Rows, [a, b] = ["a", "b"]): TableLoad => ({
  name: "t",
  columns: [{ name: a!, type: "integer" }, { name: b!, type: "text" }],
  from: { rows: rows.map((row) => ({ [a!]: row[0], [b!]: row[1] })) },
});

/** What is promised of tables that are there. */
export function tablesSuite(engine: SuiteEngine): void {
  suiteTest(engine, "listTables() gives tables and views by name", async (warehouse) => {
    assert.deepEqual(await warehouse.listTables("raw"), []);
    await warehouse.replaceTables("raw", [numbersLoad([1, 2, 3], "b")]);
    await warehouse.replaceTables("other", [numbersLoad([1], "c")]);
    const name = (table: string) => warehouse.nameOf("raw", table);
    await warehouse.query(`create view ${name("a")} as select n from ${name("b")} where n < 3`);
    assert.deepEqual(await warehouse.listTables("raw"), [
      { name: "a", kind: "view", rows: 2 },
      { name: "b", kind: "table", rows: 3 },
    ]);
  });

  suiteTest(engine, "commentTables() puts the comment before what is there, once", async (
    warehouse,
  ) => {
    const load = { ...numbersLoad([1], "t"), comment: "it's t" };
    await warehouse.replaceTables("raw", [load, numbersLoad([1], "u")]);
    for (let time = 0; time < 2; time++) await warehouse.commentTables("raw", "SYNTHETIC");
    const comments = (await warehouse.listTables("raw")).map((table) => table.comment);
    assert.deepEqual(comments, ["SYNTHETIC\nit's t", "SYNTHETIC"]);
  });

  suiteTest(engine, "loadColumns() describes a table as it was loaded", async (warehouse) => {
    const types = ["text", "integer", "decimal", "float", "timestamp", "date", "boolean"] as const;
    const columns = types.map((type) => ({ name: `of_${type}`, type, description: `A ${type}` }));
    const bare = { name: "bare", type: "text" } as const;
    const load = { name: "t", columns: [...columns, bare], from: { rows: [] } };
    await warehouse.replaceTables("raw", [load]);
    assert.deepEqual(await warehouse.loadColumns("raw", "t"), load.columns);
    assert.deepEqual(await warehouse.loadColumns("raw", "u"), []);
    await warehouse.query(`create table ${warehouse.nameOf("raw", "odd")} as select [1] as list`);
    await assert.rejects(
      () => warehouse.loadColumns("raw", "odd"),
      /Cannot read the columns of raw\.odd: list is \S+, must be text, a number/,
    );
  });

  const print = async (warehouse: Warehouse, load: TableLoad, ignore: string[] = []) => {
    await warehouse.replaceTables("raw", [load]);
    return await warehouse.fingerprint("raw", "t", { ignore });
  };

  suiteTest(engine, "fingerprint() is of the rows, in whatever order", async (warehouse) => {
    const rows: Rows = [[1, "x"], [2, null], [null, "y"], [2, null]];
    const first = await print(warehouse, pairs(rows));
    assert.equal(await print(warehouse, pairs(rows.toReversed())), first);
    const others: Rows[] = [
      [[1, "x"], [2, null], [null, "y"]],
      [[1, "x"], [2, null], [null, "y"], [2, ""]],
      [[1, "y"], [2, null], [null, "x"], [2, null]],
      [...rows, [1, "x"]],
      [],
    ];
    const prints = [];
    for (const other of others) prints.push(await print(warehouse, pairs(other)));
    assert.equal(new Set([first, ...prints]).size, others.length + 1);
  });

  suiteTest(engine, "fingerprint() leaves out the columns it is told to", async (warehouse) => {
    const at = (loadTimestamp: string) => ({
      loadTimestamp: Temporal.PlainDateTime.from(loadTimestamp),
    });
    const ignore = { ignore: ["load_timestamp"] };
    await warehouse.replaceTables("raw", [pairs([[1, "x"]])], at("2018-01-01T00:00:00"));
    const whole = await warehouse.fingerprint("raw", "t");
    const part = await warehouse.fingerprint("raw", "t", ignore);
    await warehouse.replaceTables("raw", [pairs([[1, "x"]])], at("2018-01-02T00:00:00"));
    assert.equal(await warehouse.fingerprint("raw", "t", ignore), part);
    assert.notEqual(await warehouse.fingerprint("raw", "t"), whole);
    assert.equal(await warehouse.fingerprint("raw", "nothing"), undefined);
    assert.equal(await warehouse.fingerprint("nothing", "t"), undefined);
  });
}
