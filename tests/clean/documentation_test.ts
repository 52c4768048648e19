import assert from "node:assert/strict";
import { TABLES } from "feira/olist";
import { clean, market } from "./_market.ts";

const page = await Deno.readTextFile(new URL("../../docs/data_cleaning.md", import.meta.url));

Deno.test("docs/data_cleaning.md names every rule of the account", async () => {
  for (const { changed, reasons } of Object.values(await clean(await market()))) {
    for (const rule of [...Object.keys(changed), ...Object.keys(reasons)]) {
      assert.ok(page.includes(`\`${rule}\``), `${rule} is not in the documentation`);
    }
  }
});

Deno.test("docs/data_cleaning.md names the key of every table", () => {
  for (const { name, key } of TABLES) {
    const named = key.length === 0 ? "none" : key.map((column) => `\`${column}\``).join(", ");
    const row = new RegExp(`^\\| \`${name}\` +\\| ${named}[ :]`, "m");
    assert.match(page, row, `the key of ${name} is another in the documentation`);
  }
});
