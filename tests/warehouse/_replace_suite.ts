import type { TableLoad } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import assert from "node:assert/strict";
import { ITEMS, numbersLoad, rowsOf, type SuiteEngine, suiteTest, withParquet } from "./_suite.ts";

const LOADED = Temporal.PlainDateTime.from("2018-09-01T09:00:00");

/** What `replaceTables` promises. */
export function replaceSuite(engine: SuiteEngine): void {
  suiteTest(engine, "replaceTables() stores rows in the load's types", async (warehouse) => {
    assert.deepEqual(await warehouse.replaceTables("raw", [ITEMS]), [{ name: "items", rows: 2 }]);
    assert.deepEqual(await rowsOf(warehouse, "raw", "items"), ITEMS.from.rows);
  });

  suiteTest(
    engine,
    "replaceTables() takes Temporal values and amounts as text",
    async (warehouse) => {
      const row = {
        id: "c",
        quantity: 3n,
        price: "-1.005",
        weight: 1e-9,
        sold_at: Temporal.PlainDateTime.from("2018-11-04T00:30:00.25"),
        due: Temporal.PlainDate.from("1969-12-31"),
        is_gift: false,
        extra: "left out",
      };
      await warehouse.replaceTables("raw", [{ ...ITEMS, from: { rows: [row] } }]);
      assert.deepEqual(await rowsOf(warehouse, "raw", "items"), [{
        id: "c",
        quantity: 3,
        price: -1.01,
        weight: 1e-9,
        sold_at: "2018-11-04 00:30:00.25",
        due: "1969-12-31",
        is_gift: false,
      }]);
    },
  );

  suiteTest(
    engine,
    "replaceTables() names table, column and row of a bad value",
    async (warehouse) => {
      const bad = { quantity: 1.5, price: "1,50", sold_at: "2018-01-01T00:00:00Z", is_gift: 1 };
      for (const [column, value] of Object.entries(bad)) {
        const rows = [ITEMS.from.rows[0], { ...ITEMS.from.rows[1], [column]: value }];
        await assert.rejects(
          () => warehouse.replaceTables("raw", [{ ...ITEMS, from: { rows } }]),
          (error: Error) =>
            error instanceof TypeError &&
            error.message.startsWith(`Cannot load items: ${column} of row 2 is `),
        );
      }
      assert.deepEqual(await warehouse.listTables("raw"), []);
    },
  );

  suiteTest(engine, "replaceTables() loads none, one and many rows", async (warehouse) => {
    for (const count of [0, 1, 2049]) {
      const numbers = Array.from({ length: count }, (_, n) => n);
      const [loaded] = await warehouse.replaceTables("raw", [numbersLoad(numbers)]);
      assert.deepEqual(loaded, { name: "numbers", rows: count });
      const { numbers: { n } } = await warehouse.columns(
        `select n from ${warehouse.nameOf("raw", "numbers")} order by n`,
      );
      assert.deepEqual([...n!], numbers);
    }
  });

  suiteTest(engine, "replaceTables() casts by name when given Parquet", (warehouse) =>
    withParquet(
      `select true as is_gift, 'x' as extra, date '2018-02-01' as due, 'a' as id,
       2.0::double as quantity, 10.35::double as price, 1::integer as weight,
       '2018-01-31 13:05:00' as sold_at`,
      async (parquet) => {
        const load = { ...ITEMS, from: { parquet } };
        await warehouse.replaceTables("raw", [load], { loadTimestamp: LOADED });
        assert.deepEqual(await rowsOf(warehouse, "raw", "items"), [{
          id: "a",
          quantity: 2,
          price: 10.35,
          weight: 1,
          sold_at: "2018-01-31 13:05:00",
          due: "2018-02-01",
          is_gift: true,
          load_timestamp: "2018-09-01 09:00:00",
        }]);
      },
    ));

  suiteTest(engine, "replaceTables() refuses Parquet that lacks or would lose something", async (
    warehouse,
  ) => {
    const cases: [string, TableLoad["columns"][number], RegExp][] = [
      ["select 1 as m", { name: "n", type: "integer" }, /raw\.t: .*no column n in .*, only m;/],
      ["select 1.5 as n", { name: "n", type: "integer" }, /column n has a fraction/],
      [
        "select timestamptz '2018-01-01 00:00:00+00' as n",
        { name: "n", type: "timestamp" },
        /column n is TIMESTAMP WITH TIME ZONE, must be a local time/,
      ],
    ];
    for (const [select, column, message] of cases) {
      await withParquet(select, async (parquet) => {
        const load = { name: "t", columns: [column], from: { parquet } };
        await assert.rejects(() => warehouse.replaceTables("raw", [load]), (error: Error) => {
          assert.ok(error instanceof FeiraError);
          assert.match(error.message, message);
          return true;
        });
      });
    }
  });

  suiteTest(engine, "replaceTables() leaves nine tables as they were when the sixth fails", async (
    warehouse,
  ) => {
    const names = Array.from({ length: 9 }, (_, n) => `t${n}`);
    const before = names.map((name, n) => numbersLoad([n, n + 1], name));
    await warehouse.replaceTables("raw", before, { comment: "before" });
    const prints = await Promise.all(names.map((name) => warehouse.fingerprint("raw", name)));
    const after = names.map((name, n) => numbersLoad(n === 5 ? ["x"] : [100 + n], name));
    await assert.rejects(() => warehouse.replaceTables("raw", after), TypeError);
    for (const [n, name] of names.entries()) {
      assert.equal(await warehouse.fingerprint("raw", name), prints[n], name);
    }
    assert.deepEqual(
      (await warehouse.listTables("raw")).map(({ rows, comment }) => [rows, comment]),
      names.map(() => [2, "before"]),
    );
  });

  suiteTest(
    engine,
    "replaceTables() replaces tables whose columns come and go",
    async (warehouse) => {
      const wide: TableLoad = {
        name: "t",
        columns: [{ name: "n", type: "integer" }, { name: "old", type: "text" }],
        from: { rows: [{ n: 1, old: "x" }] },
      };
      await warehouse.replaceTables("raw", [wide]);
      const other: TableLoad = {
        name: "t",
        columns: [{ name: "n", type: "integer" }, { name: "due", type: "date" }],
        from: { rows: [{ n: 2, due: "2018-01-31" }] },
      };
      await warehouse.replaceTables("raw", [other, numbersLoad([3])]);
      const table = warehouse.nameOf("raw", "t");
      assert.deepEqual(await warehouse.query(`select n, due from ${table}`), [
        { n: 2, due: "2018-01-31" },
      ]);
      await assert.rejects(() => warehouse.query(`select old from ${table}`));
      assert.deepEqual(await rowsOf(warehouse, "raw", "numbers"), [{ n: 3 }]);
    },
  );

  suiteTest(engine, "replaceTables() keeps texts apart from SQL", async (warehouse) => {
    const text = `it's "quoted" \\ and; -- \`more\`, ${"${x}"} {{ y }} ç\nsecond line`;
    const load: TableLoad = {
      name: "t",
      comment: text,
      columns: [{ name: "c", type: "text", description: text }],
      from: { rows: [{ c: text }] },
    };
    for (let time = 0; time < 2; time++) {
      await warehouse.replaceTables("raw", [load]);
      assert.deepEqual(await rowsOf(warehouse, "raw", "t"), [{ c: text }]);
      assert.equal((await warehouse.listTables("raw"))[0]!.comment, text);
    }
  });

  suiteTest(engine, "replaceTables() refuses names that differ only in case", async (warehouse) => {
    const load = numbersLoad([1]);
    await assert.rejects(
      () => warehouse.replaceTables("raw", [load, { ...load, name: "NUMBERS" }]),
      /tables of raw: found NUMBERS twice/,
    );
    const columns = [{ name: "load_timestamp", type: "text" }] as const;
    await assert.rejects(
      () => warehouse.replaceTables("raw", [{ ...load, columns }], { loadTimestamp: LOADED }),
      /columns of numbers: found load_timestamp twice/,
    );
  });

  suiteTest(
    engine,
    "replaceTables() puts the call's comment before the load's",
    async (warehouse) => {
      await warehouse.replaceTables("raw", [ITEMS, numbersLoad([1])], { comment: "SYNTHETIC" });
      assert.deepEqual((await warehouse.listTables("raw")).map(({ comment }) => comment), [
        "SYNTHETIC\none row per item",
        "SYNTHETIC",
      ]);
      await warehouse.replaceTables("raw", [ITEMS, numbersLoad([1])]);
      assert.deepEqual((await warehouse.listTables("raw")).map(({ comment }) => comment), [
        "one row per item",
        undefined,
      ]);
    },
  );

  suiteTest(engine, "replaceTables() does not change the loads it is given", async (warehouse) => {
    const loads = [structuredClone(ITEMS)];
    await warehouse.replaceTables("raw", loads, { loadTimestamp: LOADED });
    assert.deepEqual(loads, [ITEMS]);
  });
}
