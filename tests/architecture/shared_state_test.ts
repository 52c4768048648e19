import assert from "node:assert/strict";
import { walkFiles } from "./_walk.ts";

/** What all tests of one `deno test --parallel` share: the process's environment and folder. */
const CHANGE = /\bDeno\.(env\.(set|delete)|chdir)\(/;

Deno.test("no test changes what others running at the same time see", async () => {
  const root = new URL("../", import.meta.url);
  for await (const { path, text } of walkFiles(root, ".ts")) {
    const line = text.split("\n").findIndex((line) => CHANGE.test(line)) + 1;
    assert.equal(line, 0, `tests/${path} line ${line} changes this process's, must start its own`);
  }
});
