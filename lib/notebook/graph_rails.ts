import { type Linked, reduceEdges } from "./drawing/reduce_edges.ts";

/** The lines of one node at the left edge of a text; all are equally wide. */
export interface Rail {
  readonly name: string;
  /** Lines that lead to it. */
  readonly above: readonly string[];
  /** The line of the node itself, with its mark. */
  readonly at: string;
  /** What a line more of the node's own has at the left. */
  readonly beside: string;
  /** Lines that lead away from it. */
  readonly below: readonly string[];
}

/** What draws a lane's line and what is drawn where it forks or merges. */
const CORNERS = { fork: ["├", "┬", "╮"], merge: ["├", "┴", "╯"] } as const;

/**
 * Draws a graph as rails at the left of a list of its nodes, one node a line,
 * each in a lane. Of edges only those are drawn that others do not imply.
 *
 * @param nodes each after its upstream.
 * @param markOf one character for a node.
 *
 * @example
 * ```ts
 * import { toRails } from "feira/notebook";
 * import assert from "node:assert/strict";
 *
 * const nodes = [
 *   { name: "a", upstream: [] },
 *   { name: "b", upstream: ["a"] },
 *   { name: "c", upstream: ["a"] },
 * ];
 * const lines = toRails(nodes, () => "●").flatMap(({ above, at, below }) => [...above, at, ...below]);
 * assert.deepEqual(lines, ["●  ", "├─╮", "│ ●", "●  "]);
 * ```
 */
export function toRails<N extends Linked>(
  nodes: readonly N[],
  markOf: (node: N) => string,
): Rail[] {
  const parents = reduceEdges(nodes);
  const childrenOf = (name: string) =>
    nodes.filter((node) => parents.get(node.name)!.includes(name)).map((node) => node.name);
  /** By lane, the node that it leads to. */
  const lanes: (string | undefined)[] = [];
  const rails = nodes.map((node, row) => {
    const above: string[] = [];
    const [lane = firstFree(lanes, 0), ...others] = lanesTo(lanes, node.name);
    if (others.length > 0) {
      above.push(drawJoint(lanes, [lane, ...others], "merge"));
      for (const other of others) lanes[other] = undefined;
    } else if (row > 0 && parents.get(node.name)!.length === 0) {
      // Else it would seem to hang on what stands above it.
      above.push(drawLanes(lanes));
    }
    lanes[lane] = undefined;
    const at = drawLanes(lanes, lane, markOf(node));
    const children = childrenOf(node.name);
    const below: string[] = [];
    // The first child takes the lane farthest to the right, so that no line crosses it.
    const taken = [lane];
    lanes[lane] = children.at(-1);
    for (const child of children.slice(0, -1).reverse()) {
      const free = firstFree(lanes, lane + 1);
      lanes[free] = child;
      taken.push(free);
    }
    const beside = drawLanes(lanes.map((to, i) => taken.slice(1).includes(i) ? undefined : to));
    if (taken.length > 1) below.push(drawJoint(lanes, taken, "fork"));
    return { name: node.name, above, at, beside, below };
  });
  const lines = rails.flatMap(({ above, at, below }) => [...above, at, ...below]);
  const width = Math.max(0, ...lines.map((line) => line.length));
  const pad = (line: string) => line.padEnd(width);
  return rails.map(({ name, above, at, beside, below }) => ({
    name,
    above: above.map(pad),
    at: pad(at),
    beside: pad(beside),
    below: below.map(pad),
  }));
}

function lanesTo(lanes: readonly (string | undefined)[], name: string): number[] {
  return lanes.flatMap((to, lane) => to === name ? [lane] : []);
}

function firstFree(lanes: readonly (string | undefined)[], from: number): number {
  for (let lane = from; lane < lanes.length; lane++) if (lanes[lane] === undefined) return lane;
  return Math.max(from, lanes.length);
}

function drawLanes(lanes: readonly (string | undefined)[], marked = -1, mark = ""): string {
  const cells = Array.from(
    { length: Math.max(lanes.length, marked + 1) },
    (_, lane) => lane === marked ? mark : lanes[lane] === undefined ? " " : "│",
  );
  return cells.join(" ");
}

/** A line on which lanes fork from the first one or merge into it. */
function drawJoint(
  lanes: readonly (string | undefined)[],
  joined: readonly number[],
  kind: keyof typeof CORNERS,
): string {
  const [first, middle, end] = CORNERS[kind];
  const [from, to] = [Math.min(...joined), Math.max(...joined)];
  return lanes.map((lane, i) => {
    const line = lane === undefined ? " " : "│";
    const isWithin = i > from && i < to;
    const own = i === from ? first : i === to ? end : middle;
    const char = joined.includes(i) ? own : isWithin ? lane === undefined ? "─" : "┼" : line;
    return char + (i >= from && i < to ? "─" : " ");
  }).join("").trimEnd();
}
