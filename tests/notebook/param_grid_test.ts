import assert from "node:assert/strict";
import fc from "fast-check";
import { type GridSource, toGridSettings } from "feira/notebook";

const names = (...sources: GridSource[]) => toGridSettings(sources).map(({ name }) => name);
const text = (text: string): GridSource => ({ text });
const file = (content: string): GridSource => ({ file: "grid.yaml", content });

Deno.test("toGridSettings() combines what is listed, the first name changing slowest", () => {
  assert.deepEqual(names(text("k=3, 4"), text("preset=guide,tuned")), [
    "k=3,preset=guide",
    "k=3,preset=tuned",
    "k=4,preset=guide",
    "k=4,preset=tuned",
  ]);
});

Deno.test("toGridSettings() reads files that map names to lists, or list settings", () => {
  assert.deepEqual(toGridSettings([file("k: [3, 4]\npreset: guide")]), [
    { name: "k=3,preset=guide", parameters: { k: 3, preset: "guide" } },
    { name: "k=4,preset=guide", parameters: { k: 4, preset: "guide" } },
  ]);
  const listed = file('[{"k": 3}, {"k": 5, "quick": true}]');
  assert.deepEqual(names(listed, text("seed=1,2")), [
    "k=3,seed=1",
    "k=3,seed=2",
    "k=5,quick=true,seed=1",
    "k=5,quick=true,seed=2",
  ]);
});

Deno.test("toGridSettings() takes an equal setting once", () => {
  assert.deepEqual(names(text("k=3,3,4,3")), ["k=3", "k=4"]);
});

Deno.test("toGridSettings() gives every setting a name of its own that can name a file", () => {
  fc.assert(fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), (values) => {
    const found = names(file(JSON.stringify({ x: values })));
    assert.equal(new Set(found).size, values.length);
    for (const name of found) assert.match(name, /^[\w=.,+~-]{1,100}$/);
  }));
});

Deno.test("toGridSettings() refuses what is no grid, and says what it must be", () => {
  const cases: [GridSource[], RegExp][] = [
    [[text("k")], /^Cannot run: --param-grid is "k", must be key=value,value or a \.yaml or/],
    [[text("3=k")], /--param-grid is "3=k"/],
    [[text("k=1"), text("k=2")], /^Cannot run: parameter k is given twice, must be once$/],
    [[text("k=1"), file("k: [2]")], /parameter k is given twice/],
    [[file("k: [")], /grid\.yaml is no YAML: /],
    [[file("k: []")], /^Cannot run: k is \[\] in grid\.yaml, must be a list of values$/],
    [[file("k: [[1]]")], /k is \[\[1\]\] in grid\.yaml/],
    [[file("[]")], /grid\.yaml is no grid, must map names to lists of values or list settings$/],
    [[file("just words")], /grid\.yaml is no grid/],
  ];
  for (const [sources, message] of cases) {
    assert.throws(() => toGridSettings(sources), { kind: "usage", message });
  }
});
