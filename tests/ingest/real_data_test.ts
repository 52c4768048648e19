import assert from "node:assert/strict";
import { placeRawData } from "feira/ingest";
import { makePlace } from "./_raw_folder.ts";

const dir = Deno.env.get("FEIRA_OLIST_DIR");

Deno.test({
  name: "placeRawData() places the real files as they are",
  ignore: !dir,
  fn: async () => {
    await using place = await makePlace();
    const { ws, effects, logged } = place;
    const { kind, files } = await placeRawData(ws, { raw: dir!, effects });
    assert.equal(kind, "folder");
    const rows = Object.fromEntries(files.map((file) => [file.table, file.rows]));
    // One customer record and at least one payment for each order, in the subset and in the whole.
    assert.equal(rows.customers, rows.orders);
    assert.ok(rows.order_payments! >= rows.orders! - 1);
    assert.equal(rows.product_category_name_translation, 71);
    assert.equal(logged.length, 1, "no extra columns");
  },
});
