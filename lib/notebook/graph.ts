import { FeiraError } from "feira/workspace";
import type { Notebook } from "./notebook.ts";
import {
  checkGivenParameters,
  type GivenParameters,
  type ParameterValue,
  resolveParameters,
} from "./parameters.ts";
import { overlaps, type Resource, toResources } from "./resource.ts";

/** A notebook among others, with its parameters' values and its resources filled in. */
export interface GraphNode {
  readonly notebook: Notebook;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly reads: readonly Resource[];
  readonly writes: readonly Resource[];
  /** Names of the notebooks that write what this one reads. */
  readonly upstream: readonly string[];
}

/** What fills the placeholders of reads and writes. */
export interface GraphOptions {
  /** The workspace's root, absolute. */
  readonly root: string;
  /** Given parameters, over the notebooks' defaults. */
  readonly parameters?: GivenParameters;
  /** Values of placeholders that are no notebook's parameter. */
  readonly names?: Readonly<Record<string, string>>;
}

/**
 * The notebooks in an order in which each comes after those that write what it
 * reads; where that leaves a choice, by name.
 *
 * @throws {FeiraError} `usage` for an unknown or ill-typed parameter; `data` for
 * a cycle, for two notebooks that write the same, for two of one name and for a
 * placeholder without a value.
 */
export function toGraph(notebooks: readonly Notebook[], options: GraphOptions): GraphNode[] {
  const { root, parameters: given = {}, names = {} } = options;
  checkGivenParameters(notebooks, given);
  const bare = notebooks.map((notebook) => {
    const parameters = resolveParameters(notebook.parameters, given);
    const place = { values: { ...names, ...parameters }, root, notebook: notebook.name };
    return {
      notebook,
      parameters,
      reads: toResources(notebook.reads, place),
      writes: toResources(notebook.writes, place),
    };
  }).sort((a, b) => (a.notebook.name < b.notebook.name ? -1 : 1));
  assertOneWriter(bare);
  return sort(bare.map((node) => ({
    ...node,
    upstream: bare
      .filter((other) =>
        other !== node && node.reads.some((r) => other.writes.some((w) => overlaps(r, w)))
      )
      .map((other) => other.notebook.name),
  })));
}

/** A notebook and all that it needs, directly or not. */
export function withUpstream(graph: readonly GraphNode[], names: Iterable<string>): Set<string> {
  const result = new Set(names);
  for (const node of graph.toReversed()) {
    if (result.has(node.notebook.name)) node.upstream.forEach((name) => result.add(name));
  }
  return result;
}

type Bare = Omit<GraphNode, "upstream">;

function assertOneWriter(nodes: readonly Bare[]): void {
  nodes.forEach((node, i) => {
    for (const other of nodes.slice(i + 1)) {
      if (other.notebook.name === node.notebook.name) {
        throw new FeiraError("data", `Cannot order notebooks: two are named ${node.notebook.name}`);
      }
      for (const mine of node.writes) {
        const theirs = other.writes.find((resource) => overlaps(mine, resource));
        if (theirs === undefined) continue;
        throw new FeiraError(
          "data",
          `Cannot order notebooks: ${node.notebook.name} writes ${mine} and ${other.notebook.name} writes ${theirs}, must be one of them`,
        );
      }
    }
  });
}

function sort(nodes: readonly GraphNode[]): GraphNode[] {
  const sorted: GraphNode[] = [];
  const done = new Set<string>();
  while (sorted.length < nodes.length) {
    const next = nodes.find((node) =>
      !done.has(node.notebook.name) && node.upstream.every((name) => done.has(name))
    );
    if (next === undefined) throw toCycleError(nodes.filter((n) => !done.has(n.notebook.name)));
    sorted.push(next);
    done.add(next.notebook.name);
  }
  return sorted;
}

function toCycleError(left: readonly GraphNode[]): FeiraError {
  const byName = new Map(left.map((node) => [node.notebook.name, node]));
  const path = [left[0]!.notebook.name];
  while (true) {
    const next = byName.get(path.at(-1)!)!.upstream.find((name) => byName.has(name))!;
    const start = path.indexOf(next);
    path.push(next);
    if (start >= 0) {
      const cycle = path.slice(start).join(" needs ");
      return new FeiraError("data", `Cannot order notebooks: ${cycle}, must be without a circle`);
    }
  }
}
