import assert from "node:assert/strict";
import { relative } from "node:path";
import { openWorkspace } from "feira/workspace";
import { staleFiles } from "../../lib/cli/_generated.ts";

Deno.test("what `deno task generate` writes is as it must be", async () => {
  const workspace = openWorkspace();
  const stale = await staleFiles(workspace);
  assert.deepEqual(stale.map(({ path }) => relative(workspace.root, path)), []);
});
