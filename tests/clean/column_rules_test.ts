import assert from "node:assert/strict";
import { join } from "node:path";
import { clean, cleanOne, cleanRows, fileOf, id, market, query, rowOf } from "./_market.ts";

Deno.test("cleanRawData() writes the types that the warehouse loads", async () => {
  const workspace = await market();
  await clean(workspace);
  const typesOf = async (table: string) => {
    const path = join(workspace.cleanDir, `${table}.parquet`);
    const columns = await query<{ column_name: string; column_type: string }>(
      `describe select * from read_parquet('${path}')`,
    );
    return Object.fromEntries(columns.map((column) => [column.column_name, column.column_type]));
  };
  assert.deepEqual(await typesOf("order_items"), {
    order_id: "VARCHAR",
    order_item_id: "BIGINT",
    product_id: "VARCHAR",
    seller_id: "VARCHAR",
    shipping_limit_date: "TIMESTAMP",
    price: "DECIMAL(18,2)",
    freight_value: "DECIMAL(18,2)",
  });
  assert.deepEqual(await typesOf("geolocation"), {
    geolocation_zip_code_prefix: "VARCHAR",
    geolocation_lat: "DOUBLE",
    geolocation_lng: "DOUBLE",
    geolocation_city: "VARCHAR",
    geolocation_state: "VARCHAR",
  });
});

Deno.test("cleanRawData() keeps money exact", async () => {
  const amounts = ["0", "0.1", "58.9", "58.90", "58.900", "0.29", "6735.00", "999999.99"];
  const { rows } = await cleanRows(
    "order_items",
    amounts.map((price, i) => rowOf("order_items", { order_item_id: `${i + 1}`, price })),
  );
  assert.deepEqual(rows.map((row) => row.price), [
    ...["0.00", "0.10", "58.90", "58.90", "58.90", "0.29", "6735.00", "999999.99"],
  ]);
});

Deno.test("cleanRawData() pads zip prefixes that lost their zeros, as text", async () => {
  const { rows, account } = await cleanRows(
    "customers",
    ["1001", "0", "01001", "99999"].map((zip, i) =>
      rowOf("customers", { customer_id: id(i), customer_zip_code_prefix: zip })
    ),
  );
  assert.deepEqual(rows.map((row) => row.customer_zip_code_prefix), [
    ...["01001", "00000", "01001", "99999"],
  ]);
  assert.equal(account.changed["zip.padded"], 2);
});

Deno.test("cleanRawData() lowers ids and takes integers written with a point", async () => {
  const { rows, account } = await cleanRows("products", [
    rowOf("products", { product_id: id(0xabc).toUpperCase(), product_weight_g: "500.0" }),
    rowOf("products", { product_id: id(0xdef), product_photos_qty: "", product_width_cm: "" }),
  ]);
  assert.equal(rows[0]!.product_id, id(0xabc));
  assert.equal(rows[0]!.product_weight_g, "500");
  assert.equal(rows[1]!.product_photos_qty, null, "null stays null, never 0");
  assert.equal(account.changed["id.case"], 1);
  assert.equal(account.changed["integer.point_zero"], 1);
});

Deno.test("cleanRawData() reads coordinates as JavaScript does, to the last bit", async () => {
  const latitudes = ["-23.545948985189434", "0.1", "-33.69282199999999", "1e-7", "45", "-0.0"];
  const { workspace, rows } = await cleanRows(
    "geolocation",
    latitudes.map((lat) => rowOf("geolocation", { geolocation_lat: lat })),
  );
  assert.equal(rows.length, latitudes.length);
  const path = join(workspace.cleanDir, "geolocation.parquet");
  const read = await query<{ lat: number }>(
    `select geolocation_lat as lat from read_parquet('${path}')`,
  );
  const expected = latitudes.map((text) => Number(text) + 0).toSorted((a, b) => a - b);
  // No "order by": DuckDB's own sorting takes the sign off -0.
  assert.deepEqual(read.map(({ lat }) => lat).toSorted((a, b) => a - b), expected);
});

Deno.test("cleanRawData() takes the last moments of a day, a leap day, far years", async () => {
  const moments = ["2016-02-29 23:59:59", "2018-12-31 00:00:00", "1900-01-01 00:00:00"];
  const { rows } = await cleanRows(
    "orders",
    moments.map((moment, i) =>
      rowOf("orders", { order_id: id(i), order_purchase_timestamp: moment })
    ),
  );
  assert.deepEqual(rows.map((row) => row.order_purchase_timestamp), moments);
});

const REJECTED = [
  ["customers", "customer_id", "", "required.customer_id"],
  ["customers", "customer_city", "  ", "required.customer_city"],
  ["orders", "order_purchase_timestamp", "", "required.order_purchase_timestamp"],
  ["orders", "customer_id", "abc", "id.customer_id"],
  ["orders", "customer_id", `${id(1)}0`, "id.customer_id"],
  ["orders", "customer_id", "g".repeat(32), "id.customer_id"],
  ["sellers", "seller_zip_code_prefix", "123456", "zip.seller_zip_code_prefix"],
  ["sellers", "seller_zip_code_prefix", "1001.0", "zip.seller_zip_code_prefix"],
  ["sellers", "seller_zip_code_prefix", "０1001", "zip.seller_zip_code_prefix"],
  ["geolocation", "geolocation_lat", "90.0001", "range.geolocation_lat"],
  ["geolocation", "geolocation_lng", "-180.5", "range.geolocation_lng"],
  ["geolocation", "geolocation_lng", "1e999", "range.geolocation_lng"],
] as const;

for (const [table, column, value, reason] of REJECTED) {
  Deno.test(`cleanRawData() rejects the row when ${column} is ${JSON.stringify(value)}`, async () => {
    const { workspace, account, rows } = await cleanRows(table, [
      rowOf(table),
      rowOf(table, { [column]: value }),
    ]);
    assert.equal(rows.length, 1);
    assert.equal(account.rejected, 1);
    assert.equal(account.reasons[reason], 1);
    const rejects = await query<Record<string, string>>(
      `select * from read_csv('${
        join(workspace.cleanDir, "rejects", `${table}.csv`)
      }', all_varchar = true, header = true)`,
    );
    assert.equal(rejects.length, 1);
    assert.equal(rejects[0]!.line, "3");
    assert.equal(rejects[0]!.reason, reason);
    assert.equal(rejects[0]![column] ?? "", value, "the value is kept as the file has it");
  });
}

Deno.test("cleanRawData() takes the ends of a range", async () => {
  const { account } = await cleanRows("geolocation", [
    rowOf("geolocation", { geolocation_lat: "-90", geolocation_lng: "180" }),
    rowOf("geolocation", { geolocation_lat: "90", geolocation_lng: "-180" }),
  ]);
  assert.equal(account.rows_out, 2);
});

Deno.test("cleanRawData() names the line of a reject after quoted newlines and blank lines", async () => {
  const review = (n: number, values: Record<string, string>) =>
    rowOf("order_reviews", { review_id: id(n), ...values });
  const file = fileOf("order_reviews", [
    review(1, { review_comment_message: "um\n\ndois\r\ntres" }),
    review(2, { order_id: "curto" }),
  ]);
  const blank = file.replace(/\n([^\n]*curto)/, "\n\n\r\n$1");
  const { workspace, account } = await cleanOne("order_reviews", blank);
  assert.equal(account.rows_in, 2);
  const rejects = await Deno.readTextFile(join(workspace.cleanDir, "rejects", "order_reviews.csv"));
  assert.match(rejects, /\nolist_order_reviews_dataset\.csv,8,id\.order_id,/);
});
