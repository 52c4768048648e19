import assert from "node:assert/strict";
import { toWords } from "../../lib/cli/_asked.ts";
import { maybeRunOptions } from "../../lib/cli/_run_options.ts";

const effects = { env: () => "/home/ana" };
const words = (...args: string[]) => {
  const { log: _, ...asked } = maybeRunOptions(args, { effects })!;
  return toWords(asked);
};

Deno.test("toWords() says what a run was asked for as it could have been typed", () => {
  assert.equal(words(), "");
  const cases = [
    "--synthetic 2000 --job elt",
    "--only 07 --force --param k=4 --param preset=guide",
    "--only 08 --accept",
    "--from 05 --warehouse bigquery --jobs 2 --max-age 36h",
    "--warehouse bigquery --max-bytes-billed 5000000 --cell-timeout 5m",
  ];
  for (const text of cases) assert.equal(words(...text.split(" ")), text);
});

Deno.test("toWords() tells a folder by its name, an age in its largest whole unit", () => {
  assert.equal(words("--raw", "/home/ana/private/csv"), "--raw csv");
  assert.equal(words("--max-age", "48h"), "--max-age 2d");
  assert.equal(words("--max-age", "90s"), "--max-age 90s");
});
