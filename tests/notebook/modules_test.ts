import assert from "node:assert/strict";
import { ModuleWalk } from "../../lib/notebook/plan/modules.ts";
import { TempWorkspace } from "./_temp_workspace.ts";

Deno.test("ModuleWalk finds imports of every kind, transitively, and each once", async () => {
  await using workspace = await TempWorkspace.make({
    "room/a": "./lib/a/mod.ts",
    "room/": "./lib/",
    "pinned.js": "npm:pinned.js@1.2.3",
  });
  await workspace.write("lib/a/mod.ts", 'export * from "./inner.ts";\nimport "./effect.ts";\n');
  await workspace.write(
    "lib/a/inner.ts",
    `import type { T } from "./types.ts";
/**
 * import { x } from "./example.ts";
 */
export const work = () => new Worker(new URL("worker.ts", import.meta.url), { type: "module" });
export const wasm = new URL("./kernel.wasm", import.meta.url);
export const self = () => import("./mod.ts");
`,
  );
  await workspace.write("lib/a/effect.ts", "export {};\n");
  await workspace.write("lib/a/types.ts", "export type T = 1;\n");
  await workspace.write("lib/a/worker.ts", 'import p from "pinned.js/deep";\n');
  await workspace.write("lib/a/kernel.wasm", "\0asm");
  await workspace.write("lib/b.ts", "export {};\n");
  const code = `import {
  one,
} from "room/a";
const later = await import("room/b.ts");
import { gone } from "../lib/gone.ts";
import fs from "node:fs";
import direct from "npm:direct@2";`;

  const walk = await ModuleWalk.open(workspace.root);
  const hashes = await walk.hashesOf(code, workspace.path("notebooks"));
  assert.deepEqual(Object.keys(hashes).sort(), [
    "import npm:direct@2",
    "import pinned.js",
    "import room/",
    "import room/a",
    "lib/a/effect.ts",
    "lib/a/inner.ts",
    "lib/a/kernel.wasm",
    "lib/a/mod.ts",
    "lib/a/worker.ts",
    "lib/b.ts",
    "lib/gone.ts",
  ]);
  assert.equal(hashes["import pinned.js"], "npm:pinned.js@1.2.3");
  assert.equal(hashes["lib/gone.ts"], "missing");

  const withTypes = await ModuleWalk.open(workspace.root, { withTypes: true });
  const more = await withTypes.hashesOf(code, workspace.path("notebooks"));
  assert.ok("lib/a/types.ts" in more);
});
