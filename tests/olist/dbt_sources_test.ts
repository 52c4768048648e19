import assert from "node:assert/strict";
import { dbtSources, TABLES } from "feira/olist";
import { parse } from "yaml";

Deno.test("dbtSources() names every table and column of the contract, and the load", () => {
  const { sources } = parse(dbtSources());
  const tables = sources[0].tables.map((
    { name, columns }: { name: string; columns: { name: string; data_type: string }[] },
  ) => [name, columns.map((column) => column.name)]);
  const expected = TABLES.map(({ name, columns }) => [
    name,
    [...columns.map((column) => column.name), "load_timestamp"],
  ]);
  assert.deepEqual(Object.fromEntries(tables), Object.fromEntries(expected));
});

Deno.test("dbtSources() has types, sentences and a freshness for dbt", () => {
  const [raw] = parse(dbtSources()).sources;
  const items = raw.tables.find(({ name }: { name: string }) => name === "order_items");
  assert.equal(items.description, "One row per item of an order.");
  assert.deepEqual(items.columns.find(({ name }: { name: string }) => name === "price"), {
    name: "price",
    data_type: "numeric(18, 2)",
    description: "Price of the item in BRL.",
  });
  assert.equal(raw.config.loaded_at_field, "load_timestamp");
  assert.deepEqual(Object.keys(raw.config.freshness), ["warn_after", "error_after"]);
});
