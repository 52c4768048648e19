import fc from "fast-check";
import assert from "node:assert/strict";
import { type DrawnNotebook, graphSvg, type Rail, toRails } from "feira/notebook";

interface Node {
  readonly name: string;
  readonly upstream: readonly string[];
}

/** Graphs of up to nine nodes, each after those that it needs. */
const graphs: fc.Arbitrary<Node[]> = fc.integer({ min: 1, max: 9 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, i) =>
      fc.subarray(Array.from({ length: i }, (_, j) =>
        `n${j}`)).map((upstream) => ({
          name: `n${i}`,
          upstream,
        }))),
  )
);

/** Which node leads to which when one follows the lines with a finger. */
function follow(rails: readonly Rail[]): string[] {
  const edges: string[] = [];
  let lanes = new Map<number, Set<string>>();
  for (const { name, above, at, beside, below } of rails) {
    for (const line of [...above, at, beside, ...below]) {
      const next = new Map<number, Set<string>>();
      let joint = 0;
      for (const [i, char] of [...line].entries()) {
        if (i % 2 === 1) {
          assert.ok(" ─".includes(char), `"${line}" has ${char} between lanes`);
          continue;
        }
        const lane = lanes.get(i) ?? new Set<string>();
        if (char === "●") {
          edges.push(...[...lane].map((from) => `${from}→${name}`));
          next.set(i, new Set([name]));
        } else if (char === "│" || char === "┼") {
          assert.ok(lane.size > 0, `a line begins from nothing in "${line}"`);
          next.set(i, lane);
        } else if (char === "├") {
          joint = i;
          next.set(i, lane);
        } else if (char === "┬" || char === "╮") next.set(i, new Set(next.get(joint)!));
        else if (char === "┴" || char === "╯") {
          for (const from of lane) next.get(joint)!.add(from);
        } else assert.ok(" ─".includes(char), `"${line}" has ${char}`);
      }
      lanes = next;
    }
  }
  return edges.sort();
}

/** The edges that no other way implies, found by trying every way around. */
function necessary(nodes: readonly Node[]): string[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const reaches = (from: string, to: string): boolean =>
    from === to || byName.get(to)!.upstream.some((parent) => reaches(from, parent));
  return nodes.flatMap(({ name, upstream }) =>
    upstream
      .filter((parent) => !upstream.some((other) => other !== parent && reaches(parent, other)))
      .map((parent) => `${parent}→${name}`)
  ).sort();
}

Deno.test("toRails() draws every edge that others do not imply, and no other", () => {
  fc.assert(fc.property(graphs, (nodes) => {
    const before = structuredClone(nodes);
    const rails = toRails(nodes, () => "●");
    assert.deepEqual(rails.map(({ name }) => name), nodes.map(({ name }) => name));
    assert.deepEqual(follow(rails), necessary(nodes));
    const lines = rails.flatMap(({ above, at, beside, below }) => [...above, at, beside, ...below]);
    assert.equal(new Set(lines.map(({ length }) => length)).size, 1);
    assert.deepEqual(nodes, before);
  }));
});

Deno.test("toRails() leaves a line free before a node that needs nothing", () => {
  const nodes = [{ name: "a", upstream: [] }, { name: "b", upstream: [] }];
  assert.deepEqual(toRails(nodes, () => "●").map(({ above }) => above), [[], [" "]]);
  assert.deepEqual(toRails([], () => "●"), []);
});

function toDrawn(nodes: readonly Node[]): DrawnNotebook[] {
  return nodes.map((node, i) => ({
    ...node,
    title: `Title ${i}`,
    state: i % 2 === 0 ? "fresh" : "stale",
    why: i % 2 === 0 ? "" : "never run",
    ...(i % 2 === 0 && { last: { started: "2026-01-31T12:00:00Z", seconds: i } }),
  }));
}

const numbers = (text: string) => text.match(/-?\d+(?:\.\d+)?/g)!.map(Number);

/** Left, top, right, bottom of each box. */
function boxesOf(svg: string): number[][] {
  return [...svg.matchAll(/<rect x="(.+?)" y="(.+?)" width="(.+?)" height="(.+?)"/g)].map((m) => {
    const [x, y, width, height] = m.slice(1).map(Number) as [number, number, number, number];
    return [x, y, x + width, y + height];
  });
}

Deno.test("graphSvg() lets no box overlap another, and no line cross a box", () => {
  fc.assert(fc.property(graphs, (nodes) => {
    const svg = graphSvg(toDrawn(nodes));
    const boxes = boxesOf(svg);
    assert.equal(boxes.length, nodes.length);
    const [, , width, height] = numbers(svg.match(/viewBox="([^"]+)"/)![1]!);
    for (const [i, [left, top, right, bottom]] of boxes.entries()) {
      assert.ok(left! >= 0 && top! >= 0 && right! <= width! && bottom! <= height!);
      for (const other of boxes.slice(i + 1)) {
        assert.ok(
          right! < other[0]! || other[2]! < left! || bottom! < other[1]! || other[3]! < top!,
        );
      }
    }
    for (const [, d] of svg.matchAll(/<path d="([^"]+)"/g)) {
      // Curves stay between two layers; a straight line down passes one.
      const [x, y, ...rest] = numbers(d!) as [number, number, ...number[]];
      if (d!.includes("C")) {
        assert.ok(boxes.every(([, top, , bottom]) => bottom! <= y || top! >= rest.at(-1)!));
      } else assert.ok(boxes.every(([left, top, right]) => top !== y || x < left! || x > right!));
    }
  }));
});

Deno.test("graphSvg() says state and reason, escapes names, and suits both schemes", () => {
  const last = { started: "2026-01-31T12:00:00Z", seconds: 1.25 };
  const svg = graphSvg([
    { name: "a<b", title: 'T & "U"', upstream: [], state: "fresh", why: "", last },
    { name: "c", title: "V", upstream: ["a<b"], state: "stale", why: "x changed" },
  ]);
  assert.match(svg, /<title>T &#38; &#34;U&#34;<\/title>/);
  assert.match(svg, />a&#60;b<\/text>/);
  assert.match(svg, />fresh · 1\.3 s<\/text>/);
  assert.match(svg, /<g class="stale"><title>V: x changed<\/title>/);
  assert.match(svg, /aria-label="The notebooks\. a&#60;b is fresh; c is stale and needs a&#60;b"/);
  assert.match(svg, /prefers-color-scheme: dark/);
  // In a page its rules must touch nothing else.
  const rules = svg.match(/<style>([\s\S]*?)<\/style>/)![1]!.match(/[^{}\n]+(?=\{)/g)!;
  assert.ok(rules.every((rule) => /^\s*(\.feira-graph |@media)/.test(rule)));
});
