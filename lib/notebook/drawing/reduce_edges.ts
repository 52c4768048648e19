/** A node of a graph, as far as drawing its edges needs it. */
export interface Linked {
  readonly name: string;
  /** Names of earlier nodes. */
  readonly upstream: readonly string[];
}

/**
 * The parents of each node without those that another parent already needs: the
 * fewest edges that say the same order (the transitive reduction).
 *
 * @param nodes each after its upstream.
 */
export function reduceEdges(nodes: readonly Linked[]): Map<string, string[]> {
  const ancestors = new Map<string, Set<string>>();
  const parents = new Map<string, string[]>();
  for (const { name, upstream } of nodes) {
    const indirect = new Set(upstream.flatMap((parent) => [...ancestors.get(parent)!]));
    parents.set(name, upstream.filter((parent) => !indirect.has(parent)));
    ancestors.set(name, new Set([...upstream, ...indirect]));
  }
  return parents;
}
