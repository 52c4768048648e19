import assert from "node:assert/strict";
import { FeiraError } from "feira/workspace";
import { parseNotebook, toGraph } from "feira/notebook";
import { type Code, type Front, notebookText } from "./_temp_workspace.ts";

function notebook(name: string, front: Front, cells: Code[] = []) {
  return parseNotebook(notebookText(cells, front), `/w/notebooks/${name}.ipynb`);
}

const order = (graph: ReturnType<typeof toGraph>) => graph.map((node) => node.notebook.name);

Deno.test("toGraph() orders by what is read and written, then by name", () => {
  const graph = toGraph([
    notebook("c", {}),
    notebook("a", { reads: ["data/x/part.csv"] }),
    notebook("b", { reads: ["raw.orders"], writes: ["data/x/"] }),
    notebook("d", { writes: ["raw.*"] }),
  ], { root: "/w" });
  assert.deepEqual(order(graph), ["c", "d", "b", "a"]);
  assert.deepEqual(graph.map((node) => node.upstream), [[], [], ["d"], ["b"]]);
});

Deno.test("toGraph() takes a folder, its files and a wildcard for what they share", () => {
  const upstream = (read: string, write: string) =>
    toGraph([notebook("a", { writes: [write] }), notebook("b", { reads: [read] })], { root: "/w" })
      .find((node) => node.notebook.name === "b")!.upstream.length;
  const cases: [string, string, number][] = [
    ["data/a/", "data/a/b.csv", 1],
    ["data/a/b.csv", "data/a/", 1],
    ["data/a/b.csv", "/w/data/a/", 1],
    ["./data/a/", "data/a/", 1],
    ["data/ab/", "data/a/", 0],
    ["data/a", "data/a.csv", 0],
    ["s.*", "s.t", 1],
    ["s.t", "s.*", 1],
    ["s.t", "s.tt", 0],
    ["ss.t", "s.*", 0],
  ];
  for (const [read, write, expected] of cases) {
    assert.equal(upstream(read, write), expected, `${read} after ${write}`);
  }
});

Deno.test("toGraph() fills placeholders from parameters and names, drops empty ones", () => {
  const cells = [{ code: 'const raw = "";\nconst k = 3;', tags: ["parameters"] }];
  const options = { root: "/w", names: { project: "olist" } };
  const front = { reads: ["{raw}/", "data/{project}/{k}.json"], writes: ["raw_{project}.orders"] };
  const [node] = toGraph([notebook("a", front, cells)], options);
  assert.deepEqual(node!.reads, ["data/olist/3.json"]);
  assert.deepEqual(node!.writes, ["raw_olist.orders"]);
  const [given] = toGraph([notebook("a", front, cells)], {
    ...options,
    parameters: { raw: "/elsewhere", k: "5" },
  });
  assert.deepEqual(given!.reads, ["/elsewhere/", "data/olist/5.json"]);
});

Deno.test("toGraph() refuses cycles, two writers and unknown placeholders", () => {
  const refuse = (fronts: Front[], message: RegExp) =>
    assert.throws(
      () => toGraph(fronts.map((front, i) => notebook(`n${i}`, front)), { root: "/w" }),
      (error) => error instanceof FeiraError && message.test(error.message),
    );
  refuse(
    [{ reads: ["a.b"], writes: ["a.a"] }, { reads: ["a.a"], writes: ["a.b"] }],
    /n0 needs n1 needs n0, must be without a circle/,
  );
  refuse([{ writes: ["a.b"] }, { writes: ["a.*"] }], /n0 writes a\.b and n1 writes a\.\*/);
  refuse([{ reads: ["{nobody}/"] }], /n0\.ipynb: "\{nobody\}\/" has the placeholder/);
});

Deno.test("toGraph() lists what there is when a parameter is unknown or ill-typed", () => {
  const cells = [{ code: 'const mode: "a" | "b" = "a";\nconst k = 3;', tags: ["parameters"] }];
  const run = (parameters: Record<string, string>) => () =>
    toGraph([notebook("one", {}, cells), notebook("two", {})], { root: "/w", parameters });
  assert.throws(run({ q: "1" }), {
    kind: "usage",
    message:
      /parameter q: no notebook has it.*\n {2}mode: "a" \| "b" = "a" \(one\)\n {2}k: number = 3 \(one\)/,
  });
  assert.throws(run({ k: "many" }), {
    kind: "usage",
    message: /k: found "many", must be a number/,
  });
  assert.throws(run({ k: "" }), { kind: "usage", message: /k: found "", must be a number/ });
  assert.throws(run({ mode: "c" }), { message: /found "c", must be a "a" \| "b"/ });
  assert.deepEqual(run({ k: "4" })()[0]!.parameters, { mode: "a", k: 4 });
});
