import assert from "node:assert/strict";
import { toReport } from "../../bench/names/names_report.ts";
import { stayed } from "../../bench/names/stayed.ts";
import type { NamedGroup, Variant } from "../../bench/names/variant.ts";

function toVariant(groups: readonly Partial<NamedGroup>[]): Variant {
  const defaults = { level: 1, label: 0, name: "", customers: [] } as const;
  return { groups: groups.map((g) => ({ ...defaults, ...g })), contradictions: [], permuted: 0 };
}

const FIRST = toVariant([
  { name: "Many", label: 0, customers: ["a", "b", "c", "d"] },
  { name: "Few", label: 1, customers: ["e", "f"], archetypeId: "few" },
]);

Deno.test("stayed() finds segments by their customers, not by their labels or order", () => {
  const again = toVariant([
    { name: "Few", label: 0, customers: ["f", "e"] },
    { name: "Other", label: 1, customers: ["d", "c", "b", "a"] },
  ]);
  const [many, few] = stayed(FIRST, [FIRST, again]);
  assert.deepEqual([many!.id, many!.sameName, many!.jaccard], [1, 0.5, 1]);
  assert.deepEqual([...many!.otherNames], [["Other", 1]]);
  assert.deepEqual([few!.id, few!.sameName, few!.leastJaccard], [1, 1, 1]);
});

Deno.test("stayed() says when a segment was not found again", () => {
  const merged = toVariant([{ name: "All", customers: ["a", "b", "c", "d", "e", "f"] }]);
  const [many, few] = stayed(FIRST, [merged]);
  assert.deepEqual([many!.id, many!.jaccard], [1, 4 / 6]);
  assert.deepEqual([few!.id, few!.sameName, few!.leastJaccard], [0, NaN, 0]);
});

Deno.test("stayed() keeps the levels apart", () => {
  const part = { name: "Part", level: 2, parent: 0, customers: ["a", "b"] } as const;
  const first = toVariant([...FIRST.groups, part]);
  const [, , again] = stayed(first, [toVariant([part, ...FIRST.groups])]);
  assert.deepEqual([again!.name, again!.id, again!.sameName], ["Part", 1, 1]);
});

Deno.test("toReport() counts names, contradictions and parts of all runs", () => {
  const { head, tables, lines } = toReport([FIRST, { ...FIRST, permuted: 2 }], ["Data: by hand"]);
  assert.deepEqual(head, [
    "Data: by hand",
    "Names given: 4, of them descriptive: 2",
    "Words against a segment's numbers: 0",
    "Names that another order of labels changed: 2",
    "Sub-segments: 0 in 2 runs",
  ]);
  assert.deepEqual(tables[0]!.rows[1], ["Few", "1", "2", "100%", "100%", "1.00", "1.00"]);
  assert.equal(tables.length, 1);
  assert.deepEqual(lines[0], {
    name: "names",
    runs: 1,
    named: 4,
    descriptive: 2,
    contradicted: 0,
    permuted: 2,
    parts: { 0: 2 },
  });
});
