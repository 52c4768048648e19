import { type Parameter, WarehouseError } from "feira/warehouse";
import assert from "node:assert/strict";
import { withWarehouse } from "./_temp.ts";

Deno.test("query() gives plain values of every type", () =>
  withWarehouse(async (warehouse) => {
    const rows = await warehouse.query(`select
      1::tinyint as tiny, 2::integer as int, 9007199254740991 as big,
      (-9007199254740991)::hugeint as huge, 10.35::decimal(18,2) as money,
      12345678901234567890.12::decimal(38,2) as wide, 0.1::double as float,
      date '2018-01-31' as day, timestamp '2018-01-31 13:05:00' as at,
      timestamp '2018-01-31 13:05:00.25' as fraction, null::integer as none, true as yes,
      'it''s' as text, [1, null, 3] as list, {'a': 1::bigint} as struct,
      map {'k': 2::bigint} as map, 'ab'::blob as bytes, 'x'::enum('x', 'y') as choice`);
    assert.deepEqual(rows, [{
      tiny: 1,
      int: 2,
      big: 9007199254740991,
      huge: -9007199254740991,
      money: 10.35,
      wide: 12345678901234567000,
      float: 0.1,
      day: "2018-01-31",
      at: "2018-01-31 13:05:00",
      fraction: "2018-01-31 13:05:00.25",
      none: null,
      yes: true,
      text: "it's",
      list: [1, null, 3],
      struct: { a: 1 },
      map: [["k", 2]],
      bytes: new Uint8Array([97, 98]),
      choice: "x",
    }]);
    const counts = await warehouse.query("select count(*) as n, sum(range) as s from range(5)");
    assert.deepEqual(counts, [{ n: 5, s: 10 }]);
  }));

Deno.test("query() binds parameters in order with their own types", () =>
  withWarehouse(async (warehouse) => {
    const cases: [Parameter, string, unknown][] = [
      ["'; drop table x; --", "VARCHAR", "'; drop table x; --"],
      [1, "BIGINT", 1],
      [2 ** 40, "BIGINT", 2 ** 40],
      [-5n, "BIGINT", -5],
      [0.5, "DOUBLE", 0.5],
      [1e300, "DOUBLE", 1e300],
      [true, "BOOLEAN", true],
      [Temporal.PlainDate.from("1969-12-31"), "DATE", "1969-12-31"],
      [
        Temporal.PlainDateTime.from("2018-11-04T00:30:00.000001"),
        "TIMESTAMP",
        "2018-11-04 00:30:00.000001",
      ],
    ];
    for (const [parameter, type, value] of cases) {
      const rows = await warehouse.query("select typeof($1) as type, $1 as value", [parameter]);
      assert.deepEqual(rows, [{ type, value }]);
    }
    assert.deepEqual(await warehouse.query("select ? as a, ? as b", ["x", null]), [
      { a: "x", b: null },
    ]);
  }));

Deno.test("query() refuses a missing or superfluous parameter", () =>
  withWarehouse(async (warehouse) => {
    await assert.rejects(
      () => warehouse.query("select ?, ?", [1]),
      /found 1 parameters, must be 2/,
    );
    await assert.rejects(() => warehouse.query("select 1", [1]), /found 1 parameters, must be 0/);
    await assert.rejects(() => warehouse.query("select ?"), WarehouseError);
  }));

Deno.test("query() throws a WarehouseError with the statement's first lines when it is refused", () =>
  withWarehouse(async (warehouse) => {
    const sql = ["select", ...Array.from({ length: 20 }, (_, n) => `  ${n},`), "from nowhere"]
      .join("\n");
    await assert.rejects(() => warehouse.query(sql), (error: unknown) => {
      assert.ok(error instanceof WarehouseError);
      assert.deepEqual([error.kind, error.exitCode, error.sql], ["failed", 1, sql]);
      assert.match(error.message, /^Cannot run statement: Catalog Error: .*nowhere does not exist/);
      assert.ok(error.message.endsWith("\n  select\n    0,\n    1,\n    2,\n    3,\n    4,\n  …"));
      assert.doesNotMatch(error.message, /LINE/);
      return true;
    });
  }));

Deno.test("query() refuses two columns of one name, for a row could hold only one", () =>
  withWarehouse(async (warehouse) => {
    await assert.rejects(() => warehouse.query("select 1 as a, 2 as a"), /two columns are named a/);
    await assert.rejects(() => warehouse.columns("select 1 as a, 2 as a"), WarehouseError);
  }));

Deno.test("query() gives no rows when the statement is no query, and runs several", () =>
  withWarehouse(async (warehouse) => {
    assert.deepEqual(await warehouse.query("create table t (a integer)"), []);
    assert.deepEqual(await warehouse.query("insert into t values (1), (2)"), []);
    assert.deepEqual(await warehouse.query("insert into t values (3); from t order by a"), [
      { a: 1 },
      { a: 2 },
      { a: 3 },
    ]);
    assert.deepEqual(await warehouse.columns("drop table t"), {
      names: [],
      rows: 0,
      numbers: {},
      texts: {},
    });
  }));

Deno.test("query() throws a RangeError when a whole number of 128 bits is beyond 2^53", () =>
  withWarehouse(async (warehouse) => {
    const sql = "select (2::hugeint ** 100)::hugeint as n";
    await assert.rejects(() => warehouse.query(sql), RangeError);
    await assert.rejects(() => warehouse.columns(sql), RangeError);
  }));

Deno.test("query() is interrupted when its signal is aborted", () =>
  withWarehouse(async (warehouse) => {
    const endless = new AbortController();
    const sql = "select count(*) as n from range(1000000000) a, range(1000000000) b";
    const query = warehouse.query(sql, [], { signal: endless.signal });
    const reason = new Error("enough");
    setTimeout(() => endless.abort(reason), 50);
    await assert.rejects(query, reason);
    assert.deepEqual(await warehouse.query("select 1 as a"), [{ a: 1 }]);
  }));
