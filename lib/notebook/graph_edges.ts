import { overlaps, type Resource } from "./resource.ts";

/** A notebook of a graph, as far as edges need it. */
export interface EdgeEnd {
  readonly name: string;
  readonly reads: readonly Resource[];
  readonly writes: readonly Resource[];
  /** Names of the notebooks that write what this one reads. */
  readonly upstream: readonly string[];
}

/** That one notebook reads what another writes. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** What goes over it, as the reader declares it. */
  readonly through: readonly Resource[];
}

/**
 * The edges of a graph, by reader and then by writer, in the order of its nodes.
 *
 * @example
 * ```ts
 * import { toEdges } from "feira/notebook";
 * import assert from "node:assert/strict";
 *
 * const load = { name: "load", reads: [], writes: ["raw.*"], upstream: [] };
 * const build = { name: "build", reads: ["raw.orders"], writes: [], upstream: ["load"] };
 * assert.deepEqual(toEdges([load, build]), [
 *   { from: "load", to: "build", through: ["raw.orders"] },
 * ]);
 * ```
 */
export function toEdges(nodes: readonly EdgeEnd[]): GraphEdge[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return nodes.flatMap(({ name, reads, upstream }) =>
    upstream.map((from) => {
      const { writes } = byName.get(from)!;
      const through = reads.filter((read) => writes.some((write) => overlaps(read, write)));
      return { from, to: name, through };
    })
  );
}
