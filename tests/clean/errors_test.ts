import assert from "node:assert/strict";
import { join } from "node:path";
import { CleanError, cleanRawData, readAccount } from "feira/clean";
import { STATES, type TableName, tableOf } from "feira/olist";
import { FeiraError } from "feira/workspace";
import { clean, cleanOne, fileOf, id, market, rowOf, writeRaw } from "./_market.ts";

/** The error that a raw file of a table ends in. */
async function errorOf(table: TableName, content: string | Uint8Array): Promise<CleanError> {
  try {
    await cleanOne(table, content);
  } catch (error) {
    assert.ok(error instanceof CleanError, String(error));
    assert.equal(error.kind, "data");
    assert.equal(error.table, table);
    assert.equal(error.file, tableOf(table).file);
    return error;
  }
  throw new Error("Cannot test: cleaning ended without an error");
}

/** The error of a file whose second row has one value replaced. */
function errorOfValue(table: TableName, column: string, value: string) {
  return errorOf(table, fileOf(table, [rowOf(table), rowOf(table, { [column]: value })]));
}

const MOMENT = "a date and time like 2018-01-31 13:05:00";
const MONEY = "an amount from 0 to 1000000 with at most two decimals";

const IMPOSSIBLE: [TableName, string, string, string][] = [
  ...[
    "2018-13-40 10:00:00",
    "2018-02-30 00:00:00",
    "2017-02-29 00:00:00",
    "2018-01-01 24:00:00",
    "2018-01-01 23:59:60",
    "2018-01-01",
    "2018-1-3 1:2:3",
    "31/01/2018 13:05:00",
    "2018-01-31T13:05:00",
    "2018-01-31 13:05:00.000",
    "２018-01-31 13:05:00",
    "soon",
    "NULL",
  ].map((value) =>
    ["orders", "order_purchase_timestamp", value, MOMENT] as [TableName, string, string, string]
  ),
  ["orders", "order_approved_at", "0000-00-00 00:00:00", MOMENT],
  ["order_reviews", "review_score", "7", "an integer from 1 to 5"],
  ["order_reviews", "review_score", "0", "an integer from 1 to 5"],
  ["order_reviews", "review_score", "4.5", "an integer from 1 to 5"],
  ["order_reviews", "review_score", "five", "an integer from 1 to 5"],
  ["order_items", "order_item_id", "99999999999999999999", "an integer from 1 to 1000"],
  ["order_items", "price", "-1", MONEY],
  ["order_items", "price", "1000000.01", MONEY],
  ["order_items", "price", "58.901", MONEY],
  ["order_items", "price", "58,90", MONEY],
  ["order_items", "price", "1e3", MONEY],
  ["order_items", "price", "NaN", MONEY],
  ["geolocation", "geolocation_lat", "north", "a number from -90 to 90"],
  ["geolocation", "geolocation_lat", "inf", "a number from -90 to 90"],
  ["customers", "customer_state", "XX", `one of ${STATES.join(", ")}`],
  ["customers", "customer_state", "sp", `one of ${STATES.join(", ")}`],
];

for (const [table, column, value, must] of IMPOSSIBLE) {
  Deno.test(`cleanRawData() stops when ${column} is ${JSON.stringify(value)}`, async () => {
    const error = await errorOfValue(table, column, value);
    assert.equal(
      error.message,
      `Cannot clean ${table}: ${column} is "${value}" at ${
        tableOf(table).file
      } line 3, must be ${must}`,
    );
    assert.equal(error.line, 3);
    assert.equal(error.column, column);
  });
}

Deno.test("cleanRawData() names the first impossible value, whatever its column", async () => {
  const error = await errorOf(
    "order_reviews",
    fileOf("order_reviews", [
      rowOf("order_reviews", { review_comment_message: "um\ndois\n\ntres" }),
      rowOf("order_reviews", { review_id: id(7), review_answer_timestamp: "never" }),
      rowOf("order_reviews", { review_id: id(8), review_score: "9" }),
    ]),
  );
  assert.match(error.message, /review_answer_timestamp is "never" at .* line 6,/);
});

Deno.test("cleanRawData() shows a hostile value in one safe, short line", async () => {
  const error = await errorOfValue(
    "customers",
    "customer_state",
    `\u001b[2J\u202e\u009b"${"x".repeat(5000)}\n`,
  );
  assert.match(error.message, /customer_state is "\\u001b\[2J\\u202e\\u009b\\"x+…" at/);
  assert.ok(error.message.length < 500, error.message);
});

Deno.test("cleanRawData() stops when a file is missing", async () => {
  const workspace = await market();
  await Deno.remove(join(workspace.rawDir, tableOf("sellers").file));
  await assert.rejects(clean(workspace), {
    name: "CleanError",
    message:
      "Cannot clean sellers: no file at olist_sellers_dataset.csv, must be in the raw folder",
  });
});

Deno.test("cleanRawData() stops when a file is a folder", async () => {
  const workspace = await market();
  const path = join(workspace.rawDir, tableOf("sellers").file);
  await Deno.remove(path);
  await Deno.mkdir(path);
  await assert.rejects(
    clean(workspace),
    (error) => error instanceof FeiraError && error.kind === "environment",
  );
});

const HEADER = "seller_id,seller_zip_code_prefix,seller_city,seller_state\n";
const ROW = `${id(3)},90010,porto alegre,RS\n`;

const STRUCTURE: [string, string | Uint8Array, RegExp, number | undefined][] = [
  ["has no bytes", "", /an empty file at .*csv, must be a header and rows/, undefined],
  ["has only a BOM", "\ufeff", /an empty file/, undefined],
  ["has a blank header", "\n" + ROW, /no column seller_id at .* line 1/, 1],
  ["lacks a column", "seller_id,seller_zip_code_prefix,seller_city\n", /no column seller_state/, 1],
  ["has a column twice", HEADER.replace("city", "id"), /2 columns seller_id/, 1],
  ["is parted by semicolons", HEADER.replaceAll(",", ";"), /it has "seller_id;seller_zip/, 1],
  ["has a short row", HEADER + ROW + "a,b,c\n", /3 fields at .* line 3, must be 4, as in/, 3],
  ["has a long row", HEADER + ROW.replace("\n", ",x\n"), /5 fields at .* line 2/, 2],
  ["has a row of one field", HEADER + "\n" + " \n" + ROW, /1 field at .* line 3/, 3],
  ["has a stray quote", HEADER + ROW + ROW.replace("porto", 'por"to'), /inside an unquoted/, 3],
  ["has text after a quote", HEADER + ROW.replace("porto alegre", '"por"to'), /after a closing/, 2],
  ["has an open quote", HEADER + ROW + ROW.replace("porto", '"porto') + ROW, /never closed/, 3],
  ["is UTF-16", new Uint8Array([0xff, 0xfe, 0x73, 0]), /not UTF-8 at .* line 1, must be UTF-8/, 1],
];

for (const [what, content, message, line] of STRUCTURE) {
  Deno.test(`cleanRawData() stops when a file ${what}`, async () => {
    const error = await errorOf("sellers", content);
    assert.match(error.message, message);
    assert.equal(error.line, line);
  });
}

Deno.test("cleanRawData() names the line that is not UTF-8", async () => {
  const latin1 = Uint8Array.from(
    HEADER + ROW + ROW.replace("porto", "s\u00e3o"),
    (char) => char.charCodeAt(0),
  );
  assert.equal((await errorOf("sellers", latin1)).line, 3);
});

Deno.test("cleanRawData() stops when all rows are rejected", async () => {
  const error = await errorOf("sellers", fileOf("sellers", [rowOf("sellers", { seller_id: "x" })]));
  assert.match(error.message, /1 of 1 rows rejected, the first \(id\.seller_id\) at .* line 2,/);
});

Deno.test("cleanRawData() stops when more than 100 rows and 5 % are rejected", async () => {
  const rows = (bad: number, good: number) =>
    fileOf("sellers", [
      ...Array.from({ length: good }, (_, i) => rowOf("sellers", { seller_id: id(i) })),
      ...Array.from({ length: bad }, (_, i) => rowOf("sellers", { seller_id: `x${i}` })),
    ]);
  assert.equal((await cleanOne("sellers", rows(100, 1))).account.rejected, 100);
  assert.equal((await cleanOne("sellers", rows(101, 1919))).account.rejected, 101);
  const error = await errorOf("sellers", rows(101, 1918));
  assert.match(error.message, /101 of 2019 rows rejected.* must be at most 100 rows/);
});

Deno.test("cleanRawData() leaves the last clean folder intact when it fails", async () => {
  const workspace = await market();
  await clean(workspace);
  const before = await snapshot(workspace.cleanDir);
  await writeRaw(workspace, { table: "geolocation", content: "broken" });
  await assert.rejects(clean(workspace), CleanError);
  assert.deepEqual(await snapshot(workspace.cleanDir), before);
  assert.deepEqual(await namesIn(join(workspace.cleanDir, "..")), ["olist"], "nothing beside it");
  assert.equal((await readAccount(workspace)).length, 9);
});

Deno.test("cleanRawData() leaves nothing of the last clean folder when it succeeds", async () => {
  const workspace = await market({
    sellers: fileOf("sellers", [rowOf("sellers"), rowOf("sellers", { seller_id: "" })]),
  });
  await clean(workspace);
  assert.deepEqual(await namesIn(join(workspace.cleanDir, "rejects")), ["sellers.csv"]);
  await writeRaw(workspace, { table: "sellers", content: fileOf("sellers", [rowOf("sellers")]) });
  await clean(workspace);
  assert.deepEqual(await namesIn(join(workspace.cleanDir, "rejects")), []);
});

Deno.test("cleanRawData() ends before its first table when its signal is aborted", async () => {
  const workspace = await market();
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(cleanRawData(workspace, { signal }), { message: "enough" });
  await assert.rejects(Deno.stat(workspace.cleanDir), Deno.errors.NotFound);
});

Deno.test("cleanRawData() stops when the clean folder cannot be written", async () => {
  const workspace = await market();
  await Deno.writeTextFile(join(workspace.dataDir, "clean"), "a file in the way");
  await assert.rejects(
    clean(workspace),
    (error) => error instanceof FeiraError && error.kind === "environment",
  );
});

async function namesIn(dir: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(dir), (entry) => entry.name)).toSorted();
}

async function snapshot(dir: string): Promise<Record<string, Uint8Array | string[]>> {
  const files: Record<string, Uint8Array | string[]> = {};
  for (const name of await namesIn(dir)) {
    const path = join(dir, name);
    files[name] = (await Deno.stat(path)).isDirectory
      ? await namesIn(path)
      : await Deno.readFile(path);
  }
  return files;
}
