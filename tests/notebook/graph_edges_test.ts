import assert from "node:assert/strict";
import { toEdges } from "feira/notebook";

Deno.test("toEdges() names what goes over each edge, as the reader declares it", () => {
  const nodes = [
    { name: "a", reads: [], writes: ["data/a/", "s.*"], upstream: [] },
    { name: "b", reads: ["data/a/one.csv", "dbt/"], writes: ["t.b"], upstream: ["a"] },
    { name: "c", reads: ["s.x", "t.b", "s.y"], writes: [], upstream: ["a", "b"] },
  ];
  const before = structuredClone(nodes);
  assert.deepEqual(toEdges(nodes), [
    { from: "a", to: "b", through: ["data/a/one.csv"] },
    { from: "a", to: "c", through: ["s.x", "s.y"] },
    { from: "b", to: "c", through: ["t.b"] },
  ]);
  assert.deepEqual(nodes, before);
});
