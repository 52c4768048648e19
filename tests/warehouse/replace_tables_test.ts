import { openWarehouse, type TableLoad, type Warehouse, WarehouseError } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import assert from "node:assert/strict";
import { ITEMS, numbersLoad } from "./_suite.ts";
import { withWarehouse } from "./_temp.ts";

async function writeParquet(warehouse: Warehouse, select: string): Promise<string> {
  const parquet = await Deno.makeTempFile({ suffix: ".parquet" });
  await warehouse.query(`copy (${select}) to '${parquet}' (format parquet)`);
  return parquet;
}

const typesOf = async (warehouse: Warehouse, table: string) =>
  (await warehouse.query<{ column_name: string; column_type: string }>(`describe ${table}`))
    .map((row) => `${row.column_name} ${row.column_type}`);

Deno.test("replaceTables() stores rows in the load's types when given rows", () =>
  withWarehouse(async (warehouse) => {
    assert.deepEqual(await warehouse.replaceTables("raw", [ITEMS]), [{ name: "items", rows: 2 }]);
    assert.deepEqual(await typesOf(warehouse, "raw.items"), [
      "id VARCHAR",
      "quantity BIGINT",
      "price DECIMAL(18,2)",
      "weight DOUBLE",
      "sold_at TIMESTAMP",
      "due DATE",
      "is_gift BOOLEAN",
    ]);
    const { from } = ITEMS;
    assert.deepEqual(await warehouse.query("from raw.items order by id"), from.rows);
  }));

Deno.test("replaceTables() names table, column and row when a value is of another type", () =>
  withWarehouse(async (warehouse) => {
    const bad: Record<string, unknown[]> = {
      id: [1, true, undefined],
      quantity: [1.5, "1", 2 ** 53, 2n ** 63n, NaN],
      price: ["1,50", "x", NaN, Infinity, 1e16, true],
      weight: [NaN, Infinity, "1"],
      sold_at: ["2018-02-30 10:00:00", "2018-01-01T00:00:00Z", 5],
      due: ["2018-13-01", {}],
      is_gift: [1, "true"],
    };
    for (const [column, values] of Object.entries(bad)) {
      for (const value of values) {
        const rows = [...ITEMS.from.rows] as Record<string, unknown>[];
        rows[1] = { ...rows[1], [column]: value };
        await assert.rejects(
          () => warehouse.replaceTables("raw", [{ ...ITEMS, from: { rows } }]),
          (error: Error) =>
            error instanceof TypeError &&
            error.message.startsWith(`Cannot load items: ${column} of row 2 is `),
          `${column} = ${String(value)}`,
        );
      }
    }
    assert.deepEqual(await warehouse.listTables("raw"), []);
  }));

Deno.test("replaceTables() loads all rows when there are more than a chunk of the engine", () =>
  withWarehouse(async (warehouse) => {
    for (const count of [0, 1, 2047, 2048, 2049, 5000]) {
      const numbers = Array.from({ length: count }, (_, n) => n);
      await warehouse.replaceTables("raw", [numbersLoad(numbers)]);
      const { numbers: { n } } = await warehouse.columns("select n from raw.numbers order by n");
      assert.deepEqual([...n!], numbers);
    }
  }));

Deno.test("replaceTables() names column and file when Parquet lacks a column or would lose something", () =>
  withWarehouse(async (warehouse) => {
    const cases: [string, TableLoad["columns"][number], RegExp][] = [
      ["select 1 as m", { name: "n", type: "integer" }, /raw\.t: .*no column n in .*, only m;/],
      ["select 1.5 as n", { name: "n", type: "integer" }, /column n has a fraction/],
      [
        "select timestamptz '2018-01-01 00:00:00+00' as n",
        { name: "n", type: "timestamp" },
        /column n is TIMESTAMP WITH TIME ZONE, must be a local time/,
      ],
      ["select 'x' as n", { name: "n", type: "decimal" }, /Could not convert string "x"/],
    ];
    for (const [select, column, message] of cases) {
      const parquet = await writeParquet(warehouse, select);
      const load = { name: "t", columns: [column], from: { parquet } };
      await assert.rejects(() => warehouse.replaceTables("raw", [load]), (error: Error) => {
        assert.ok(error instanceof FeiraError);
        assert.match(error.message, message);
        return true;
      });
      await Deno.remove(parquet);
    }
    const gone = { ...numbersLoad([]), from: { parquet: "/nowhere/at/all.parquet" } };
    await assert.rejects(() => warehouse.replaceTables("raw", [gone]), /nowhere/);
  }));

Deno.test("replaceTables() leaves every table as it was when the last one fails", () =>
  withWarehouse(async (warehouse) => {
    await warehouse.replaceTables("raw", [numbersLoad([1, 2], "a"), numbersLoad([3], "b")]);
    const before = await warehouse.fingerprint("raw", "a");
    await assert.rejects(
      () =>
        warehouse.replaceTables("raw", [
          numbersLoad([9], "a"),
          numbersLoad([8], "new"),
          numbersLoad(["x"], "b"),
        ]),
      TypeError,
    );
    assert.equal(await warehouse.fingerprint("raw", "a"), before);
    assert.deepEqual((await warehouse.listTables("raw")).map(({ name, rows }) => [name, rows]), [
      ["a", 2],
      ["b", 1],
    ]);
    await warehouse.replaceTables("raw", [numbersLoad([5], "b")]);
    assert.deepEqual(await warehouse.query("from raw.b"), [{ n: 5 }]);
  }));

Deno.test("replaceTables() shows a reader all old or all new tables when they change together", () =>
  withWarehouse(async (warehouse) => {
    const load = (n: number) =>
      warehouse.replaceTables("raw", [
        numbersLoad(Array(3000).fill(n), "a"),
        numbersLoad([n], "b"),
      ]);
    await load(0);
    let isDone = false;
    const writing = (async () => {
      for (let n = 1; n <= 15; n++) await load(n);
      isDone = true;
    })();
    const seen = new Set<number>();
    while (!isDone) {
      const [row] = await warehouse.query<{ low: number; high: number; b: number; rows: number }>(
        "select min(n) as low, max(n) as high, count(*) as rows, (select n from raw.b) as b from raw.a",
      );
      assert.deepEqual([row!.low, row!.high, row!.rows], [row!.b, row!.b, 3000]);
      seen.add(row!.b);
    }
    await writing;
    assert.ok(seen.size >= 2, "the reader never saw a change");
  }));

Deno.test("replaceTables() replaces a view and a table of another case when they have the name", () =>
  withWarehouse(async (warehouse) => {
    await warehouse.query("create schema raw");
    await warehouse.query("create view raw.v as select 1 as one");
    await warehouse.query("create table raw.Numbers as select 1 as one");
    await warehouse.replaceTables("raw", [numbersLoad([7], "v"), numbersLoad([7])]);
    assert.deepEqual(await warehouse.query("from raw.v union all from raw.numbers"), [
      { n: 7 },
      { n: 7 },
    ]);
  }));

Deno.test("replaceTables() keeps names apart from SQL when they hold quotes", () =>
  withWarehouse(async (warehouse) => {
    const load: TableLoad = {
      name: `t"; drop schema x; --`,
      comment: "it's",
      columns: [{ name: `c"1`, type: "text", description: "a 'quoted' one" }],
      from: { rows: [{ [`c"1`]: "'; --" }] },
    };
    await warehouse.replaceTables(`d"s`, [load]);
    const rows = await warehouse.query(`from ${warehouse.nameOf(`d"s`, load.name)}`);
    assert.deepEqual(rows, [{ [`c"1`]: "'; --" }]);
    assert.deepEqual(await warehouse.listTables(`d"s`), [
      { name: load.name, kind: "table", rows: 1, comment: "it's" },
    ]);
    assert.ok(await warehouse.fingerprint(`d"s`, load.name));
  }));

Deno.test("replaceTables() comments tables and columns, the call's comment before the load's", () =>
  withWarehouse(async (warehouse) => {
    await warehouse.replaceTables("raw", [ITEMS], { comment: "SYNTHETIC" });
    assert.deepEqual(
      (await warehouse.listTables("raw"))[0]!.comment,
      "SYNTHETIC\none row per item",
    );
    const described = await warehouse.query(
      "select column_name as name, comment from duckdb_columns() where comment is not null order by 1",
    );
    assert.deepEqual(described, [
      { name: "id", comment: "Key of the item" },
      { name: "price", comment: "Price in BRL, the buyer's" },
    ]);
  }));

Deno.test("replaceTables() is refused when the warehouse is open for reading", () =>
  withWarehouse(async (warehouse, workspace) => {
    await warehouse.replaceTables("raw", [numbersLoad([1])]);
    await warehouse.close();
    await using reader = await openWarehouse(workspace, { readOnly: true });
    await assert.rejects(() => reader.replaceTables("raw", [numbersLoad([2])]), WarehouseError);
    assert.deepEqual(await reader.query("from raw.numbers"), [{ n: 1 }]);
  }));
