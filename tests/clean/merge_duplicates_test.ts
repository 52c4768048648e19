import assert from "node:assert/strict";
import { cleanRows, id, rowOf } from "./_market.ts";

Deno.test("cleanRawData() merges rows that are equal once cleaned", async () => {
  const { account, rows } = await cleanRows("customers", [
    rowOf("customers"),
    rowOf("customers", { customer_city: " sao  paulo " }),
    rowOf("customers", { customer_zip_code_prefix: "1001" }),
    rowOf("customers", { customer_id: id(9) }),
  ]);
  assert.equal(rows.length, 2);
  assert.equal(account.merged, 2);
  assert.equal(account.reasons["duplicate.row"], 2);
});

Deno.test("cleanRawData() keeps the most complete row of a key", async () => {
  const { account, rows } = await cleanRows("orders", [
    rowOf("orders", { order_purchase_timestamp: "2018-03-01 00:00:00", order_approved_at: "" }),
    rowOf("orders", { order_status: "shipped" }),
  ]);
  assert.equal(account.reasons["duplicate.key"], 1);
  assert.equal(rows[0]!.order_status, "shipped");
});

Deno.test("cleanRawData() keeps the latest row of a key when all are as complete", async () => {
  const { rows } = await cleanRows("order_reviews", [
    rowOf("order_reviews", { review_score: "2", review_answer_timestamp: "2018-05-02 00:00:00" }),
    rowOf("order_reviews", { review_score: "1", review_answer_timestamp: "2018-05-01 00:00:00" }),
    rowOf("order_reviews", { review_score: "3", review_answer_timestamp: "2018-04-30 00:00:00" }),
  ]);
  assert.deepEqual(rows.map((row) => row.review_score), ["2"]);
});

Deno.test("cleanRawData() keeps the row whose values come first when nothing else tells", async () => {
  const { rows } = await cleanRows("sellers", [
    rowOf("sellers", { seller_city: "santos" }),
    rowOf("sellers", { seller_city: "osasco" }),
  ]);
  assert.deepEqual(rows.map((row) => row.seller_city), ["osasco"]);
});

Deno.test("cleanRawData() keeps a review_id that is repeated over orders", async () => {
  const { account, rows } = await cleanRows("order_reviews", [
    rowOf("order_reviews", { order_id: id(1) }),
    rowOf("order_reviews", { order_id: id(2) }),
  ]);
  assert.equal(account.merged, 0);
  assert.deepEqual(rows.map((row) => row.order_id), [id(1), id(2)]);
});

Deno.test("cleanRawData() merges only whole rows of geolocation", async () => {
  const { account } = await cleanRows("geolocation", [
    rowOf("geolocation"),
    rowOf("geolocation", { geolocation_lat: "-23.550" }),
    rowOf("geolocation", { geolocation_lat: "-23.551" }),
  ]);
  assert.equal(account.rows_out, 2);
  assert.equal(account.merged, 1);
});

Deno.test("cleanRawData() sorts rows by key", async () => {
  const keys = [3, 1, 2].map(id);
  const { rows } = await cleanRows(
    "products",
    keys.map((key) => rowOf("products", { product_id: key })),
  );
  assert.deepEqual(rows.map((row) => row.product_id), [1, 2, 3].map(id));
});
