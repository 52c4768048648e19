import assert from "node:assert/strict";
import { join } from "node:path";
import { cleanRawData, cleanTables, readAccount } from "feira/clean";
import { TABLE_NAMES, tableOf, TABLES } from "feira/olist";
import { openWorkspace } from "feira/workspace";
import {
  clean,
  cleanOne,
  cleanRows,
  fileOf,
  id,
  market,
  parquetRows,
  query,
  rowOf,
  toCsv,
} from "./_market.ts";

Deno.test("cleanRawData() writes nine tables and the account that readAccount() reads", async () => {
  const workspace = await market();
  const lines: string[] = [];
  let seconds = 0;
  const effects = {
    log: (line: string) => lines.push(line),
    now: () => Temporal.Instant.fromEpochMilliseconds(seconds++ * 1500),
  };
  const accounts = await cleanRawData(workspace, { effects });
  assert.deepEqual(accounts.map(({ table }) => table), TABLE_NAMES);
  assert.deepEqual(await readAccount(workspace), accounts);
  assert.equal(lines.length, 9);
  assert.equal(
    lines[1],
    "clean customers: 1 rows in, 1 out, 0 merged, 0 rejected (1.50 s)",
  );
  const names = await Array.fromAsync(Deno.readDir(workspace.cleanDir), ({ name }) => name);
  assert.deepEqual(
    names.toSorted(),
    [...TABLE_NAMES.map((name) => `${name}.parquet`), "account.json", "rejects"].toSorted(),
  );
});

Deno.test("cleanRawData() reads files with BOM, CRLF, quotes, other order, more columns", async () => {
  const plain = await market({ sellers: fileOf("sellers", [rowOf("sellers")]) });
  await clean(plain);
  const expected = await parquetRows(plain, "sellers");
  const [sellerId, zip, city, state] = rowOf("sellers");
  const everyQuoted = (rows: string[][]) =>
    rows.map((row) => row.map((value) => `"${value}"`).join(",")).join("\n");
  const header = tableOf("sellers").columns.map(({ name }) => name);
  const files = {
    "with a BOM": "\ufeff" + fileOf("sellers", [rowOf("sellers")]),
    "with CRLF": toCsv([header, rowOf("sellers")], "\r\n"),
    "without a last newline": fileOf("sellers", [rowOf("sellers")]).trimEnd(),
    "with blank lines": fileOf("sellers", [rowOf("sellers")]).replaceAll("\n", "\n\n\r\n"),
    "with a BOM and quotes": "\ufeff" + everyQuoted([header, rowOf("sellers")]),
    "in another order": toCsv([
      ["seller_state", "seller_id", "seller_city", "seller_zip_code_prefix"],
      [state!, sellerId!, city!, zip!],
    ]),
    "with other columns": toCsv([
      ["#row", ...header, 'no"te', "seller_id#typed", ""],
      ["7", ...rowOf("sellers"), "a,\r\nb", "x", ""],
    ]),
    "with spaces in the header": toCsv([header.map((name) => ` ${name} `), rowOf("sellers")]),
  };
  for (const [what, sellers] of Object.entries(files)) {
    const { workspace, account } = await cleanOne("sellers", sellers);
    assert.deepEqual(await parquetRows(workspace, "sellers"), expected, what);
    assert.equal(account.rows_in, 1, what);
  }
});

Deno.test("cleanRawData() makes an empty table of the right types from a header alone", async () => {
  for (const { name } of TABLES) {
    const describe = async (rows: string[][]) => {
      const { workspace, account } = await cleanOne(name, fileOf(name, rows));
      assert.equal(account.rows_in, rows.length);
      const path = join(workspace.cleanDir, `${name}.parquet`);
      return await query(`describe select * from read_parquet('${path}')`);
    };
    assert.deepEqual(await describe([]), await describe([rowOf(name)]), name);
  }
});

Deno.test("cleanRawData() leaves the raw files as they are", async () => {
  const workspace = await market();
  const path = join(workspace.rawDir, tableOf("orders").file);
  const before = await Deno.readFile(path);
  await clean(workspace);
  assert.deepEqual(await Deno.readFile(path), before);
});

Deno.test("cleanRawData() reads quoted newlines right in a file that polars reads in parts", async () => {
  const message = 'linha "um",\n'.repeat(40);
  const rows = Array.from(
    { length: 6000 },
    (_, i) =>
      rowOf("order_reviews", { review_id: id(i), review_comment_message: `${i} ${message}` }),
  );
  const { rows: cleaned } = await cleanRows("order_reviews", rows);
  assert.equal(cleaned.length, 6000);
  assert.equal(
    cleaned[5999]!.review_comment_message,
    `5999 ${'linha "um", '.repeat(40).trim()}`,
  );
});

Deno.test("cleanTables() names the nine Parquet files with the contract's columns", () => {
  const tables = cleanTables(openWorkspace({ root: "/somewhere", project: "demo" }));
  assert.deepEqual(tables.map(({ name }) => name), TABLE_NAMES);
  for (const [i, { columns, comment, from }] of tables.entries()) {
    assert.deepEqual(columns.map(({ name }) => name), TABLES[i]!.columns.map(({ name }) => name));
    assert.equal(comment, TABLES[i]!.grain);
    assert.equal(from.parquet, join("/somewhere/data/clean/demo", `${TABLES[i]!.name}.parquet`));
  }
  const types = Object.fromEntries(
    tables.flatMap(({ columns }) => columns.map(({ name, type }) => [name, type])),
  );
  assert.equal(types.order_id, "text");
  assert.equal(types.seller_zip_code_prefix, "text");
  assert.equal(types.review_score, "integer");
  assert.equal(types.price, "decimal");
  assert.equal(types.geolocation_lat, "float");
  assert.equal(types.order_approved_at, "timestamp");
});
