import assert from "node:assert/strict";
import { walkFiles } from "./_walk.ts";

/** Which rooms each room may import; DESIGN's house, as docs/architecture.md tells it. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  workspace: [],
  olist: [],
  threads: [],
  som: ["threads"],
  cluster: ["threads"],
  plots: [],
  lifetime: [],
  frames: ["plots"],
  python: ["workspace"],
  warehouse: ["workspace"],
  ingest: ["olist", "workspace"],
  clean: ["olist", "workspace"],
  dbt: ["python", "warehouse", "workspace"],
  features: ["olist", "warehouse", "workspace"],
  distributed: ["cluster", "features", "som", "warehouse", "workspace"],
  segments: ["cluster", "features", "lifetime", "olist", "som", "warehouse", "workspace"],
  notebook: ["workspace"],
  regression: ["notebook", "workspace"],
  report: ["notebook", "workspace"],
};

const IMPORT = /\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g;
const DOC_LINE = /^\s*(\*|\/\*\*)/;

/** Module specifiers in code, without those in documentation examples. */
function importsOf(source: string): string[] {
  const code = source.split("\n").filter((line) => !DOC_LINE.test(line)).join("\n");
  return [...code.matchAll(IMPORT)].map((match) => match[1]!);
}

/** A room's name when the specifier leads into another room, else undefined. */
function maybeRoom(specifier: string, room: string): string | undefined {
  const byName = specifier.match(/^feira\/(\w+)$/)?.[1];
  const byPath = specifier.match(/^(?:\.\.\/)+(?:lib\/)?(\w+)\//)?.[1];
  const found = byName ?? byPath;
  return found === room ? undefined : found;
}

Deno.test("rooms import only the rooms they may know", async () => {
  const root = new URL("../../lib/", import.meta.url);
  for await (const { path, text } of walkFiles(root, ".ts")) {
    const room = path.split("/")[0]!;
    if (room === "cli") continue;
    const allowed = MAY_IMPORT[room];
    assert.ok(allowed, `lib/${room} is not in the house; add it to MAY_IMPORT and the docs`);
    for (const specifier of importsOf(text)) {
      const other = maybeRoom(specifier, room);
      if (other === undefined || !/^(feira\/|\.\.\/)/.test(specifier)) continue;
      if (specifier.startsWith("../") && !(other in MAY_IMPORT)) continue;
      assert.ok(allowed.includes(other), `lib/${path} imports ${specifier}: ${room} may not`);
      assert.match(specifier, /^feira\//, `lib/${path} imports ${specifier}: by name, not by path`);
    }
  }
});

Deno.test("rooms form no cycle", () => {
  const seen = new Set<string>();
  const visit = (room: string, path: string[]) => {
    assert.ok(!path.includes(room), `cycle: ${[...path, room].join(" → ")}`);
    if (seen.has(room)) return;
    for (const next of MAY_IMPORT[room]!) visit(next, [...path, room]);
    seen.add(room);
  };
  for (const room of Object.keys(MAY_IMPORT)) visit(room, []);
});

Deno.test("importsOf() sees static, dynamic and type imports but no examples", () => {
  const source = `import { a } from "feira/som";
/**
 * import { b } from "feira/olist";
 */
const c = await import("feira/dbt");`;
  assert.deepEqual(importsOf(source), ["feira/som", "feira/dbt"]);
});

Deno.test("only lib/cli prints to the terminal or ends the process", async () => {
  const root = new URL("../../lib/", import.meta.url);
  for await (const { path, text } of walkFiles(root, ".ts")) {
    if (path.startsWith("cli/")) continue;
    assert.doesNotMatch(text, /\bDeno\.exit\(/, `lib/${path} ends the process`);
  }
});
