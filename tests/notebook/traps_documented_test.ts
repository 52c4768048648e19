import assert from "node:assert/strict";

const ROOT = new URL("../../", import.meta.url);

Deno.test("docs/notebooks.md names for every trap a test that is there", async () => {
  const text = await Deno.readTextFile(new URL("docs/notebooks.md", ROOT));
  const [, section = ""] = text.split("## The kernel's traps");
  const rows = section.split("\n").filter((line) => line.startsWith("| ")).slice(1);
  assert.ok(rows.length > 20);
  let tests = "";
  for await (const { name } of Deno.readDir(new URL("tests/notebook/", ROOT))) {
    if (name.endsWith("_test.ts")) {
      tests += await Deno.readTextFile(new URL(`tests/notebook/${name}`, ROOT));
    }
  }
  for (const row of rows.filter((row) => !/^\| -+/.test(row))) {
    const names = [...row.split("|").at(-2)!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
    assert.ok(names.length > 0, row);
    for (const name of names) assert.ok(tests.includes(name), `${name} is no test`);
  }
});
