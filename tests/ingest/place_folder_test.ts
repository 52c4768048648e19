import assert from "node:assert/strict";
import { join } from "node:path";
import { placeRawData, readRawSource } from "feira/ingest";
import { TABLES } from "feira/olist";
import { hashFile } from "feira/workspace";
import { makePlace, readTree, smallFiles, type TestPlace, writeRaw } from "./_raw_folder.ts";

const SEED_FILE = "product_category_name_translation.csv";
const CUSTOMERS = smallFiles().get("olist_customers_dataset.csv")!;
const REVIEWS_HEADER = smallFiles().get("olist_order_reviews_dataset.csv")!.split("\n")[0]!;
const ID = "0123456789abcdef0123456789abcdef";

function rawDir({ root }: TestPlace): string {
  return join(root, "given");
}

Deno.test("placeRawData() places a folder's files byte by byte with their source", async () => {
  await using place = await makePlace();
  const { ws, effects, logged } = place;
  const raw = await writeRaw(rawDir(place));
  const source = await placeRawData(ws, { raw, effects });
  assert.equal(source.kind, "folder");
  assert.equal(source.from, raw);
  assert.equal("banner" in source, false);
  assert.deepEqual(source.files.map(({ file }) => file), TABLES.map(({ file }) => file));
  for (const { file, bytes, sha256 } of source.files) {
    assert.equal(await hashFile(join(raw, file)), sha256);
    assert.equal(await hashFile(join(ws.rawDir, file)), sha256);
    assert.equal((await Deno.stat(join(raw, file))).size, bytes);
  }
  assert.equal(source.files.find(({ table }) => table === "orders")?.rows, 3);
  assert.deepEqual(await readRawSource(ws), source);
  assert.equal(
    await Deno.readTextFile(join(ws.seedsDir, SEED_FILE)),
    smallFiles().get(SEED_FILE),
  );
  assert.match(logged.join("\n"), /^Raw data: [\d,]+ rows in 9 files from /);
});

Deno.test("placeRawData() takes BOM, CRLF, quoted newlines, other orders of columns", async () => {
  await using place = await makePlace();
  const { ws, effects } = place;
  const reviews = `${REVIEWS_HEADER}\n` +
    `${ID},${ID},5,,"one\r\ntwo ""three"",\n\nfour",2018-01-01 00:00:00,2018-01-02 00:00:00\n`;
  const translation = smallFiles().get(SEED_FILE)!;
  const raw = await writeRaw(rawDir(place), {
    order_reviews: reviews,
    customers: "\ufeff" + CUSTOMERS.replaceAll("\n", "\r\n"),
    sellers: "seller_state,seller_city,seller_zip_code_prefix,seller_id\n" +
      `SP,santos,01234,${ID}\n`,
    product_category_name_translation: "\ufeff" + translation,
  });
  const { files } = await placeRawData(ws, { raw, effects });
  const rows = Object.fromEntries(files.map((file) => [file.table, file.rows]));
  assert.deepEqual([rows.order_reviews, rows.customers, rows.sellers], [1, 3, 1]);
  assert.equal(await Deno.readTextFile(join(ws.seedsDir, SEED_FILE)), translation);
});

Deno.test("placeRawData() names extra columns in the log", async () => {
  await using place = await makePlace();
  const { ws, effects, logged } = place;
  const [header, ...rows] = CUSTOMERS.trimEnd().split("\n");
  const customers = [`${header},age`, ...rows.map((row) => `${row},33`)].join("\n");
  await placeRawData(ws, { raw: await writeRaw(rawDir(place), { customers }), effects });
  assert.match(logged[0]!, /^olist_customers_dataset\.csv: column "age" not in the contract/);
});

const latin1 = Uint8Array.from(
  CUSTOMERS.trimEnd() + `\n${ID},${ID},01234,S\u00e3o Paulo,SP\n`,
  (letter) => letter.charCodeAt(0),
);

/** What is wrong, with the folder's changes and the error it must end in. */
const FAULTS: [
  what: string,
  changes: Parameters<typeof writeRaw>[1],
  error: Record<string, unknown>,
][] = [
  ["files are missing", { orders: undefined, sellers: undefined }, {
    message:
      /^Cannot take the raw data: olist_sellers_dataset\.csv, olist_orders_dataset\.csv missing from /,
    file: "olist_sellers_dataset.csv",
  }],
  ["a column is missing", { customers: CUSTOMERS.replace("customer_city", "town") }, {
    message:
      /^Cannot read customers: column "customer_city" missing from the header at olist_customers_dataset\.csv line 1, must have customer_id, /,
    file: "olist_customers_dataset.csv",
    line: 1,
  }],
  ["several columns are missing", { customers: "customer_id\n1\n" }, {
    message: /columns "customer_unique_id", "customer_zip_code_prefix", "customer_city", /,
  }],
  ["a column is there twice", {
    customers: CUSTOMERS.replace("customer_city", "customer_city,customer_city"),
  }, { message: /column "customer_city" more than once/ }],
  ["a file is not UTF-8", { customers: latin1 }, {
    message:
      "Cannot read customers: byte 0xE3 is not UTF-8 at olist_customers_dataset.csv line 5, must be UTF-8 text",
    line: 5,
  }],
  ["a file is empty", { customers: "" }, {
    message: /olist_customers_dataset\.csv line 1/,
    line: 1,
  }],
  ["a file has a header only", { customers: CUSTOMERS.split("\n")[0] + "\n" }, {
    message: /has a header and no rows, must have at least one row$/,
  }],
  ["a row is ragged", { customers: CUSTOMERS + "1,2\n" }, { line: 5, message: /has 2 values/ }],
  ["the last file is broken", { geolocation: "nothing\n1\n" }, { line: 1 }],
];

for (const [what, changes, error] of FAULTS) {
  Deno.test(`placeRawData() throws and leaves all as it was when ${what}`, async () => {
    await using place = await makePlace();
    const { ws, effects, root } = place;
    await placeRawData(ws, { raw: await writeRaw(join(root, "good")), effects });
    const raw = await writeRaw(rawDir(place), {
      product_category_name_translation:
        "product_category_name,product_category_name_english\nnova,new\n",
      ...changes,
    });
    const before = await readTree(root);
    await assert.rejects(placeRawData(ws, { raw, effects }), {
      name: "IngestError",
      kind: "data",
      exitCode: 1,
      ...error,
    });
    assert.deepEqual(await readTree(root), before);
  });
}

Deno.test("placeRawData() throws a usage error for a folder that is none", async () => {
  await using place = await makePlace();
  const { ws, effects, root } = place;
  await Deno.writeTextFile(join(root, "file"), "");
  for (const name of ["nowhere", "file", "file/below"]) {
    await assert.rejects(placeRawData(ws, { raw: join(root, name), effects }), {
      name: "IngestError",
      kind: "usage",
      exitCode: 2,
    });
  }
});

Deno.test("placeRawData() throws an environment error where it cannot write", async () => {
  await using place = await makePlace();
  const { ws, effects, root } = place;
  const raw = await writeRaw(rawDir(place));
  await Deno.writeTextFile(join(root, "data"), "a file in place of the folder");
  for (const spec of [{ raw }, { syntheticOrders: 1 }, { kaggleUrl: "http://127.0.0.1:9/" }]) {
    await assert.rejects(placeRawData(ws, { ...spec, effects }), { kind: "environment" });
  }
  assert.equal(await Deno.readTextFile(join(root, "data")), "a file in place of the folder");
});

Deno.test("placeRawData() leaves all as it was when the seed cannot be written", async () => {
  await using place = await makePlace();
  const { ws, effects, root } = place;
  await placeRawData(ws, { raw: await writeRaw(join(root, "good")), effects });
  await Deno.remove(ws.seedsDir, { recursive: true });
  await Deno.writeTextFile(ws.seedsDir, "");
  const before = await readTree(root);
  await assert.rejects(placeRawData(ws, { syntheticOrders: 2, effects }), {
    kind: "environment",
  });
  assert.deepEqual(await readTree(root), before);
});

Deno.test("placeRawData() keeps what is placed, byte for byte, and restores the seed", async () => {
  await using place = await makePlace();
  const { ws, effects, logged } = place;
  const source = await placeRawData(ws, { raw: await writeRaw(rawDir(place)), effects });
  // Other spaces than ours: it must not be written anew.
  const path = join(ws.rawDir, "source.json");
  await Deno.writeTextFile(path, JSON.stringify(source));
  await Deno.remove(join(ws.seedsDir, SEED_FILE));
  const before = await readTree(ws.rawDir);
  const noNetwork = { ...effects, fetch: () => assert.fail("asked the network") };
  assert.deepEqual(await placeRawData(ws, { effects: noNetwork }), source);
  assert.deepEqual(await placeRawData(ws, { raw: ws.rawDir, effects }), source);
  assert.deepEqual(await readTree(ws.rawDir), before);
  assert.match(logged.at(-1)!, /kept as it is in data\/raw\/[^/ ]+ \(/);
  assert.ok((await Deno.stat(join(ws.seedsDir, SEED_FILE))).isFile);
});

Deno.test("placeRawData() takes files that were put in place by hand", async () => {
  await using place = await makePlace();
  const { ws, effects } = place;
  await writeRaw(ws.rawDir);
  const noNetwork = { ...effects, fetch: () => assert.fail("asked the network") };
  const source = await placeRawData(ws, { effects: noNetwork });
  assert.equal(source.kind, "folder");
  assert.deepEqual(await readRawSource(ws), source);
});

Deno.test("placeRawData() refuses files changed by hand until they are named", async () => {
  await using place = await makePlace();
  const { ws, effects } = place;
  await placeRawData(ws, { raw: await writeRaw(rawDir(place)), effects });
  await writeRaw(ws.rawDir, { customers: CUSTOMERS.replace(/\n.*\n/, "\n") });
  await assert.rejects(placeRawData(ws, { effects }), {
    kind: "data",
    file: "olist_customers_dataset.csv",
    message: /is not the file that source\.json records/,
  });
  const source = await placeRawData(ws, { raw: ws.rawDir, effects });
  assert.equal(source.files.find(({ table }) => table === "customers")?.rows, 2);
  assert.equal(source.files.length, 9);
});

Deno.test("placeRawData() stops where its signal says, with nothing changed", async () => {
  await using place = await makePlace();
  const { ws, effects, root } = place;
  const raw = await writeRaw(rawDir(place));
  const before = await readTree(root);
  const stop = new AbortController();
  const stopping = placeRawData(ws, { raw, effects, signal: stop.signal });
  stop.abort();
  await assert.rejects(stopping, { name: "AbortError" });
  assert.deepEqual(await readTree(root), before);
});

Deno.test("readRawSource() throws when there is no source or a broken one", async () => {
  await using place = await makePlace();
  const { ws } = place;
  await assert.rejects(readRawSource(ws), { name: "IngestError", message: /is missing/ });
  await Deno.mkdir(ws.rawDir, { recursive: true });
  for (
    const text of ["", "null", "{}", '{"kind":"synthetic","from":"x","files":[]}']
  ) {
    await Deno.writeTextFile(join(ws.rawDir, "source.json"), text);
    await assert.rejects(readRawSource(ws), { name: "IngestError", file: "source.json" });
  }
});
