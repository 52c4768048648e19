import { brazilTime } from "feira/warehouse";
import fc from "fast-check";
import assert from "node:assert/strict";
import { withWarehouse } from "./_temp.ts";

Deno.test("listTables() gives tables and views by name, with rows and comment", () =>
  withWarehouse(async (warehouse) => {
    assert.deepEqual(await warehouse.listTables("raw"), []);
    await warehouse.query("create schema raw; create schema other");
    await warehouse.query("create table raw.b as select 1 from range(3)");
    await warehouse.query("create view raw.a as select * from raw.b limit 2");
    await warehouse.query("comment on view raw.a is 'two'");
    await warehouse.query("create table other.c as select 1");
    assert.deepEqual(await warehouse.listTables("raw"), [
      { name: "a", kind: "view", rows: 2, comment: "two" },
      { name: "b", kind: "table", rows: 3 },
    ]);
  }));

Deno.test("commentTables() puts the comment before what is there, once", () =>
  withWarehouse(async (warehouse) => {
    await warehouse.query("create schema raw; create table raw.t as select 1");
    await warehouse.query("create view raw.v as from raw.t; comment on table raw.t is 'it''s t'");
    for (let time = 0; time < 2; time++) await warehouse.commentTables("raw", "SYNTHETIC");
    const comments = (await warehouse.listTables("raw")).map((table) => table.comment);
    assert.deepEqual(comments, ["SYNTHETIC\nit's t", "SYNTHETIC"]);
  }));

const CELL = fc.constantFrom("null", "'a'", "'b'", "''");

Deno.test("fingerprint() does not depend on the rows' order", () =>
  withWarehouse(async (warehouse) => {
    const rows = fc.array(fc.tuple(CELL, CELL), { minLength: 1, maxLength: 6 });
    const print = async (table: string[][]) => {
      const values = table.map((row) => `(${row.join(", ")})`).join(", ");
      await warehouse.query(
        `create or replace table t as select * from (values ${values}) v(a, b)`,
      );
      return await warehouse.fingerprint("main", "t");
    };
    await fc.assert(
      fc.asyncProperty(rows, rows, async (left, right) => {
        const sameRows = left.map(String).sort().join("|") === right.map(String).sort().join("|");
        // Columns that are all null have another type, which counts.
        const isTyped = [left, right].every((table) =>
          [0, 1].every((col) => table.some((row) => row[col] !== "null"))
        );
        if (isTyped) assert.equal(await print(left) === await print(right), sameRows);
        assert.equal(await print(left), await print(left.toReversed()));
      }),
      { numRuns: 40 },
    );
  }));

Deno.test("fingerprint() changes with a row that is there twice, a name and a type", () =>
  withWarehouse(async (warehouse) => {
    const tables = [
      "select 1 as a, 2 as b",
      "select 2 as a, 1 as b",
      "select 1 as a, 2 as c",
      "select 1 as a, 2::bigint as b",
      "select 1 as a, 2 as b from range(2)",
      "select 3 as a, 4 as b from range(2)",
      "select 1 as a, 2 as b from range(3)",
      "select 1 as a, 2 as b limit 0",
      "select 1 as a, null::integer as b",
    ];
    const prints = [];
    for (const select of tables) {
      await warehouse.query(`create or replace table t as ${select}`);
      prints.push(await warehouse.fingerprint("main", "t"));
    }
    assert.equal(new Set(prints).size, tables.length);
  }));

Deno.test("brazilTime() follows Brazil's wall clock over the change to summer time", () => {
  const at = (text: string) => brazilTime(Temporal.Instant.from(text)).toString();
  // Clocks went from 00:00 on to 01:00 on 2018-11-04, and back from 00:00 to 23:00 on 2019-02-17.
  assert.equal(at("2018-11-04T02:59:59Z"), "2018-11-03T23:59:59");
  assert.equal(at("2018-11-04T03:00:00Z"), "2018-11-04T01:00:00");
  assert.equal(at("2019-02-17T01:30:00Z"), "2019-02-16T23:30:00");
  assert.equal(at("2019-02-17T02:30:00Z"), "2019-02-16T23:30:00");
  assert.equal(at("2026-11-22T03:00:00.999Z"), "2026-11-22T00:00:00");
});

Deno.test("brazilTime() comes out of a table as it went in", () =>
  withWarehouse(async (warehouse) => {
    const loadTimestamp = brazilTime(Temporal.Instant.from("2018-11-04T03:00:00Z"));
    const columns = [{ name: "a", type: "integer" }] as const;
    const load = { name: "t", columns, from: { rows: [{ a: 1 }, { a: 2 }] } };
    await warehouse.replaceTables("raw", [load], { loadTimestamp });
    const rows = await warehouse.query("select distinct load_timestamp as at from raw.t");
    assert.deepEqual(rows, [{ at: "2018-11-04 01:00:00" }]);
  }));
