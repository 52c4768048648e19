import { type Parameter, WarehouseError } from "feira/warehouse";
import fc from "fast-check";
import assert from "node:assert/strict";
import { numbersLoad, type SuiteEngine, suiteTest } from "./_suite.ts";

/** What `query` and `columns` promise, in SQL that both engines read. */
export function querySuite(engine: SuiteEngine): void {
  suiteTest(engine, "query() gives plain values", async (warehouse) => {
    const rows = await warehouse.query(`select
      9007199254740991 as big, -9007199254740991 as low, cast(10.35 as numeric) as money,
      date '2018-01-31' as day, cast('2018-01-31 13:05:00' as datetime) as at,
      cast('2018-01-31 13:05:00.25' as datetime) as fraction, cast(null as bigint) as none,
      true as yes, 2 > 3 as no, 'São Paulo' as text, [1, 2, 3] as list`);
    assert.deepEqual(rows, [{
      big: 9007199254740991,
      low: -9007199254740991,
      money: 10.35,
      day: "2018-01-31",
      at: "2018-01-31 13:05:00",
      fraction: "2018-01-31 13:05:00.25",
      none: null,
      yes: true,
      no: false,
      text: "São Paulo",
      list: [1, 2, 3],
    }]);
  });

  suiteTest(engine, "query() throws a RangeError beyond 2^53", async (warehouse) => {
    for (const value of ["9007199254740992", "-9007199254740992"]) {
      const sql = `select ${value} as n`;
      await assert.rejects(() => warehouse.query(sql), RangeError);
      await assert.rejects(() => warehouse.columns(sql), /Cannot read n: found -?\d+/);
    }
  });

  suiteTest(engine, "query() binds parameters in order with their own types", async (warehouse) => {
    const cases: [Parameter, unknown][] = [
      ["'; drop table x; --", "'; drop table x; --"],
      ["", ""],
      [1, 1],
      [2 ** 40, 2 ** 40],
      [-5n, -5],
      [0.5, 0.5],
      [1e300, 1e300],
      [true, true],
      [null, null],
      [Temporal.PlainDate.from("1969-12-31"), "1969-12-31"],
      [Temporal.PlainDateTime.from("2018-11-04T00:30:00.000001"), "2018-11-04 00:30:00.000001"],
    ];
    for (const [parameter, value] of cases) {
      const rows = await warehouse.query("select ? as a, 'x' as b, ? as c", [parameter, "last"]);
      assert.deepEqual(rows, [{ a: value, b: "x", c: "last" }]);
    }
  });

  suiteTest(engine, "query() gives back any text and number it is given", async (warehouse) => {
    const number = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true })).map((n) => n + 0);
    const text = fc.string({ unit: "grapheme" }).filter((t) => !t.includes("\0"));
    await fc.assert(
      fc.asyncProperty(text, number, async (t, n) => {
        assert.deepEqual(await warehouse.query("select ? as t, ? as n", [t, n]), [{ t, n }]);
      }),
      { numRuns: 50 },
    );
  });

  suiteTest(engine, "query() refuses what it cannot bind", async (warehouse) => {
    const bad = [undefined, {}, new Date(), Symbol("x")] as unknown as Parameter[];
    for (const parameter of bad) {
      await assert.rejects(() => warehouse.query("select ?", [parameter]), TypeError);
    }
    await assert.rejects(() => warehouse.query("select ?", [2n ** 63n]), RangeError);
  });

  suiteTest(engine, "query() throws a WarehouseError with the first lines", async (warehouse) => {
    const lines = ["select", ...Array.from({ length: 20 }, (_, n) => `  ${n} as c${n},`)];
    const sql = [...lines, "nowhere from (select 1 as a) t"].join("\n");
    await assert.rejects(() => warehouse.query(sql), (error: unknown) => {
      assert.ok(error instanceof WarehouseError, String(error));
      assert.deepEqual([error.kind, error.exitCode, error.sql], ["failed", 1, sql]);
      assert.match(error.message, /^Cannot run statement: .*nowhere/);
      assert.ok(error.message.includes("\n  select\n    0 as c0,\n    1 as c1,"));
      assert.ok(error.message.endsWith("\n  …"));
      return true;
    });
    await assert.rejects(() => warehouse.columns(sql), WarehouseError);
  });

  suiteTest(engine, "query() gives no rows when the statement is no query", async (warehouse) => {
    await warehouse.replaceTables("raw", [numbersLoad([1])]);
    const made = warehouse.nameOf("raw", "made");
    assert.deepEqual(await warehouse.query(`create table ${made} as select 1 as a`), []);
    assert.deepEqual(await warehouse.query(`insert into ${made} (a) values (2), (3)`), []);
    assert.deepEqual(
      await warehouse.columns(`drop table ${made}`),
      { names: [], rows: 0, numbers: {}, texts: {} },
    );
  });

  suiteTest(engine, "columns() gives what query() gives, over several pages", async (warehouse) => {
    const rows = Array.from({ length: 5000 }, (_, n) => ({
      id: `k${n}`,
      big: n * 1e9,
      money: n / 8,
      even: n % 2 === 0,
      half: n * 0.5,
      day: Temporal.PlainDate.from("2018-01-01").add({ days: n }),
      gap: n % 3 === 0 ? null : n,
    }));
    const columns = [
      { name: "id", type: "text" },
      { name: "big", type: "integer" },
      { name: "money", type: "decimal" },
      { name: "even", type: "boolean" },
      { name: "half", type: "float" },
      { name: "day", type: "date" },
      { name: "gap", type: "integer" },
    ] as const;
    await warehouse.replaceTables("raw", [{ name: "t", columns, from: { rows } }]);
    const sql = `select * from ${warehouse.nameOf("raw", "t")} order by big desc`;
    const expected = await warehouse.query(sql);
    const found = await warehouse.columns(sql);
    assert.deepEqual(found.names, columns.map(({ name }) => name));
    assert.deepEqual([found.rows, expected.length], [5000, 5000]);
    assert.deepEqual(Object.keys(found.texts), ["id", "day"]);
    for (const [name, values] of Object.entries({ ...found.numbers, ...found.texts })) {
      const plain = expected.map((row) => row[name] === null ? NaN : row[name]);
      assert.deepEqual(
        Array.from<unknown>(values),
        name === "even" ? plain.map(Number) : plain,
        name,
      );
    }
  });

  suiteTest(engine, "columns() gives empty arrays when there are no rows", async (warehouse) => {
    const sql = "select 1.5 as a, 'x' as b from (select 1 as n) t where n = ?";
    assert.deepEqual(await warehouse.columns(sql, [2]), {
      names: ["a", "b"],
      rows: 0,
      numbers: { a: new Float64Array() },
      texts: { b: [] },
    });
  });

  suiteTest(engine, "columns() refuses a NULL text", async (warehouse) => {
    const sql = "select 'x' as name, 1 as n union all select null, 2 order by n";
    await assert.rejects(
      () => warehouse.columns(sql),
      (error: Error) =>
        error instanceof WarehouseError && /column name is NULL in row 2/.test(error.message),
    );
  });

  suiteTest(engine, "query() throws the signal's reason when it is aborted", async (warehouse) => {
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    await assert.rejects(() => warehouse.query("select 1 as a", [], { signal }), reason);
    await assert.rejects(() => warehouse.columns("select 1 as a", [], { signal }), reason);
    const tables = warehouse.replaceTables("raw", [numbersLoad([1])], { signal });
    await assert.rejects(() => tables, reason);
    assert.deepEqual(await warehouse.listTables("raw"), []);
    assert.deepEqual(await warehouse.query("select 1 as a"), [{ a: 1 }]);
  });

  suiteTest(
    engine,
    "bytesToRead() runs nothing and refuses what query() does",
    async (warehouse) => {
      await warehouse.replaceTables("raw", [numbersLoad([1])]);
      const table = warehouse.nameOf("raw", "numbers");
      assert.ok(await warehouse.bytesToRead(`select * from ${table}`) >= 0);
      await warehouse.bytesToRead(`delete from ${table} where true`);
      assert.deepEqual(await warehouse.query(`select * from ${table}`), [{ n: 1 }]);
      await assert.rejects(() => warehouse.bytesToRead("selekt 1"), WarehouseError);
      assert.ok(warehouse.bytesBilled >= 0);
    },
  );
}
