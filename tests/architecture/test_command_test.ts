import assert from "node:assert/strict";

Deno.test("the test command is no test: deno test would start itself for ever", async () => {
  const root = new URL("../../", import.meta.url);
  const { test } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const commands = [...Deno.readDirSync(new URL("lib/cli/", root))].map(({ name }) => name);
  const taken = commands.filter((name) => /^(test|.*[._]test)\.ts$/.test(name));
  assert.deepEqual(taken.map((name) => `lib/cli/${name}`), test.exclude);
});
