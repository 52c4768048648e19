import { DuckDBInstance } from "@duckdb/node-api";
import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { CleanError, type TableAccount } from "feira/clean";
import { type TableName, tableOf, TABLES } from "feira/olist";
import { cleanOne, fileOf, id, rowOf } from "./_market.ts";

interface Cleaned {
  readonly account: TableAccount;
  readonly parquet: Uint8Array;
  readonly path: string;
}

/** Cleans one file alone, in a folder of its own; undefined when the file fails. */
async function maybeClean(
  table: TableName,
  content: string | Uint8Array,
): Promise<Cleaned | undefined> {
  try {
    const { account, workspace } = await cleanOne(table, content);
    const path = join(workspace.cleanDir, `${table}.parquet`);
    return { account, path, parquet: await Deno.readFile(path) };
  } catch (error) {
    if (error instanceof CleanError) return undefined;
    throw error;
  }
}

/** The cleaned rows written as the source would have written them. */
async function toRaw(table: TableName, path: string): Promise<string> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const csv = `${path}.csv`;
  await connection.run(`copy (from read_parquet('${path}')) to '${csv}'
    (header true, timestampformat '%Y-%m-%d %H:%M:%S')`);
  connection.closeSync();
  instance.closeSync();
  return `${tableOf(table).columns.map(({ name }) => name).join(",")}\n` +
    (await Deno.readTextFile(csv)).replace(/^[^\n]*\n/, "");
}

const fewIds = fc.integer({ min: 0, max: 3 }).map(id);
const second = fc.integer({ min: 1.45e9, max: 1.55e9 }).map((seconds) =>
  new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")
);
const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 1, arbitrary: fc.constant("") }, {
    weight: 3,
    arbitrary: value,
  });
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.string({
    unit: fc.constantFrom(..." \t\r\n\"',;a", "\0", "\u00a0", "\u0301", "\u0303", "\u2028"),
  }),
);

/** Rows of reviews: few keys, hostile text, holes and bad ids. */
const reviews = fc.array(
  fc.record({
    review_id: fc.oneof({ weight: 20, arbitrary: fewIds }, {
      weight: 1,
      arbitrary: fc.constant("x"),
    }),
    order_id: fewIds,
    review_score: fc.integer({ min: 1, max: 5 }).map(String),
    review_comment_title: maybe(hostile),
    review_comment_message: maybe(hostile),
    review_answer_timestamp: maybe(second),
  }).map((values) => rowOf("order_reviews", values)),
  { maxLength: 25 },
);

/** Rows of places: few points, zip prefixes without their zeros, points off the globe. */
const places = fc.array(
  fc.record({
    geolocation_zip_code_prefix: fc.constantFrom("01001", "1001", "90010", "9001x"),
    geolocation_lat: fc.constantFrom("-23.5", "-23.50", "0", "-0.0", "91"),
    geolocation_lng: fc.double({ min: -180, max: 180, noNaN: true }).map((x) => x.toFixed(2)),
    geolocation_city: fc.constantFrom("sao paulo", "s\u00e3o paulo", "sa\u0303o  paulo", " "),
  }).map((values) => rowOf("geolocation", values)),
  { maxLength: 25 },
);

for (const [table, rows] of [["order_reviews", reviews], ["geolocation", places]] as const) {
  Deno.test(`cleaning ${table} accounts for every row`, async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (rows) => {
        const cleaned = await maybeClean(table, fileOf(table, rows));
        if (!cleaned) return;
        const { rows_in, rows_out, merged, rejected, reasons } = cleaned.account;
        assert.equal(rows_in, rows.length);
        assert.equal(rows_in, rows_out + merged + rejected);
        const reasoned = Object.values(reasons).reduce((sum, count) => sum + count, 0);
        assert.equal(reasoned, merged + rejected);
      }),
      { numRuns: 30 },
    );
  });

  Deno.test(`cleaning ${table} does not depend on the order of its rows`, async () => {
    const shuffled = rows.chain((rows) =>
      fc.tuple(
        fc.constant(rows),
        fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
      )
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([rows, other]) => {
        const one = await maybeClean(table, fileOf(table, rows));
        const two = await maybeClean(table, fileOf(table, other));
        assert.deepEqual(two?.account, one?.account);
        assert.deepEqual(two?.parquet, one?.parquet);
      }),
      { numRuns: 25 },
    );
  });

  Deno.test(`cleaning ${table} again changes nothing`, async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (rows) => {
        const once = await maybeClean(table, fileOf(table, rows));
        if (!once) return;
        const twice = await maybeClean(table, await toRaw(table, once.path));
        assert.ok(twice, "the cleaned must not fail");
        assert.deepEqual(twice.parquet, once.parquet);
        assert.equal(twice.account.merged + twice.account.rejected, 0);
        for (const [rule, values] of Object.entries(twice.account.changed)) {
          assert.equal(values, 0, rule);
        }
      }),
      { numRuns: 25 },
    );
  });
}

Deno.test("cleaning any bytes ends in a result or a CleanError", async () => {
  const file = new TextEncoder().encode(
    fileOf("sellers", [rowOf("sellers"), rowOf("sellers", { seller_id: id(8) })]),
  );
  const edit = fc.record({
    at: fc.nat(file.length),
    drop: fc.nat(3),
    add: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.stringMatching(/^[",\r\n;\ufeff ]{0,4}$/).map((text) => new TextEncoder().encode(text)),
    ),
  });
  const seen = { cleaned: 0, failed: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      let bytes: Uint8Array = file;
      for (const { at, drop, add } of edits) {
        bytes = new Uint8Array([...bytes.slice(0, at), ...add, ...bytes.slice(at + drop)]);
      }
      const cleaned = await maybeClean("sellers", bytes);
      seen[cleaned ? "cleaned" : "failed"] += 1;
    }),
    { numRuns: 200 },
  );
  assert.ok(seen.cleaned > 0 && seen.failed > 0, JSON.stringify(seen));
});

Deno.test("the contract has no column that the private columns could hide", () => {
  for (const { columns } of TABLES) {
    for (const { name } of columns) assert.doesNotMatch(name, /#/);
  }
});
