import assert from "node:assert/strict";
import { STATES, TABLE_NAMES, tableOf, TABLES } from "feira/olist";

Deno.test("TABLES describes nine files in an order in which each refers only to earlier ones", () => {
  assert.deepEqual(TABLES.map(({ name }) => name), TABLE_NAMES);
  assert.equal(new Set(TABLES.map(({ file }) => file)).size, 9);
  for (const [index, { references, columns }] of TABLES.entries()) {
    for (const { column, table, foreignColumn } of references) {
      assert.ok(TABLE_NAMES.indexOf(table) < index);
      assert.ok(columns.some(({ name }) => name === column));
      assert.ok(tableOf(table).columns.some(({ name }) => name === foreignColumn));
    }
  }
});

Deno.test("TABLES gives keys of columns that are never empty", () => {
  for (const { name, key, columns } of TABLES) {
    for (const part of key) {
      const column = columns.find((found) => found.name === part);
      assert.equal(column?.nullable, false, `${name}.${part}`);
    }
  }
});

Deno.test("STATES holds 27 states, each once", () => {
  assert.equal(STATES.length, 27);
  assert.equal(new Set(STATES).size, 27);
});
