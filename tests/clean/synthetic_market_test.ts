import assert from "node:assert/strict";
import { syntheticMarket, type TableName } from "feira/olist";
import { clean, market } from "./_market.ts";

Deno.test("cleanRawData() finds the dirt that is in a synthetic market", async () => {
  const { tables, countDirt } = syntheticMarket({ orders: 1000, seed: 7 });
  const files = Object.fromEntries(tables.map(({ name, csv }) => [name, [...csv()].join("")]));
  const accounts = await clean(await market(files as Record<TableName, string>));
  const dirt = countDirt();
  assert.ok(dirt.repeatedPoints > 0 && dirt.commentsWithNewlines > 0);
  assert.equal(accounts.geolocation.merged, dirt.repeatedPoints);
  const controls = accounts.order_reviews.changed["text.control"]!;
  assert.ok(controls >= Math.max(dirt.commentsWithNewlines, dirt.commentsWithControls));
  // One comment can have both.
  assert.ok(controls <= dirt.commentsWithNewlines + dirt.commentsWithControls);
  assert.ok(accounts.order_reviews.changed["text.whitespace"]! >= dirt.paddedComments);
  for (const { table, merged, rejected } of Object.values(accounts)) {
    assert.equal(rejected, 0, `${table}: all rows keep the contract`);
    if (table !== "geolocation") assert.equal(merged, 0, `${table}: keys tell its rows apart`);
  }
});
