import { type Parameter, WarehouseError } from "feira/warehouse";
import fc from "fast-check";
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

Deno.test("query() and columns() throw a RangeError when a whole number is beyond 2^53", () =>
  withWarehouse(async (warehouse) => {
    for (const value of ["9007199254740992", "-9007199254740992", "2::hugeint ** 100"]) {
      const sql = `select (${value})::hugeint as n`;
      await assert.rejects(() => warehouse.query(sql), RangeError);
      await assert.rejects(() => warehouse.columns(sql), /Cannot read n: found -?\d+/);
    }
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

Deno.test("query() gives back any text and number that it is given", () =>
  withWarehouse(async (warehouse) => {
    const number = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true })).map((n) => n + 0);
    const text = fc.string({ unit: "grapheme" }).filter((t) => !t.includes("\0"));
    await fc.assert(
      fc.asyncProperty(text, number, async (t, n) => {
        assert.deepEqual(await warehouse.query("select ? as t, ? as n", [t, n]), [{ t, n }]);
      }),
      { numRuns: 50 },
    );
  }));

Deno.test("query() refuses a missing, superfluous or unbindable parameter", () =>
  withWarehouse(async (warehouse) => {
    await assert.rejects(
      () => warehouse.query("select ?, ?", [1]),
      /found 1 parameters, must be 2/,
    );
    await assert.rejects(() => warehouse.query("select 1", [1]), /found 1 parameters, must be 0/);
    await assert.rejects(() => warehouse.query("select ?"), WarehouseError);
    const bad = [undefined, {}, new Date(), Symbol("x")] as unknown as Parameter[];
    for (const parameter of bad) {
      await assert.rejects(() => warehouse.query("select ?", [parameter]), TypeError);
    }
    await assert.rejects(() => warehouse.query("select ?", [2n ** 63n]), RangeError);
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

Deno.test("columns() gives what query() gives, over several chunks", () =>
  withWarehouse(async (warehouse) => {
    const sql = `select 'k' || i as id, i::bigint as big, (i / 8)::decimal(18,3) as money,
      i % 2 = 0 as even, (i * 0.5)::float as half, date '2018-01-01' + i::integer as day,
      case when i % 3 = 0 then null else i end as gap
      from range(5000) t(i) order by i desc`;
    const rows = await warehouse.query(sql);
    const columns = await warehouse.columns(sql);
    assert.deepEqual(columns.names, ["id", "big", "money", "even", "half", "day", "gap"]);
    assert.equal(columns.rows, 5000);
    assert.deepEqual(Object.keys(columns.texts), ["id", "day"]);
    for (const [name, values] of Object.entries({ ...columns.numbers, ...columns.texts })) {
      const expected = rows.map((row) => row[name] === null ? NaN : row[name]);
      const found = Array.from<unknown>(values);
      assert.deepEqual(found, name === "even" ? expected.map(Number) : expected, name);
    }
  }));

Deno.test("columns() gives empty arrays when there are no rows", () =>
  withWarehouse(async (warehouse) => {
    assert.deepEqual(await warehouse.columns("select 1.5 as a, 'x' as b where ? = 2", [1]), {
      names: ["a", "b"],
      rows: 0,
      numbers: { a: new Float64Array() },
      texts: { b: [] },
    });
  }));

Deno.test("columns() refuses a NULL text", () =>
  withWarehouse(async (warehouse) => {
    await assert.rejects(
      () => warehouse.columns("select * from (values ('x'), (null)) t(name)"),
      (error: Error) =>
        error instanceof WarehouseError && /column name is NULL in row 2/.test(error.message),
    );
  }));
