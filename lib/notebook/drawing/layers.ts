import { type Linked, reduceEdges } from "./reduce_edges.ts";

/** A place in a layer: a node's, or one that an edge over more than one layer passes through. */
export interface Spot {
  /** Of the node; undefined for an edge that passes. */
  readonly name: string | undefined;
  /** The spots of the layer above that lead here. */
  readonly parents: readonly Spot[];
}

/**
 * Puts the nodes of a graph into layers, each node in the first one below all
 * that it needs, and orders each layer by where its parents stand (Sugiyama,
 * Tagawa and Toda 1981, one pass downwards). An edge that passes a layer gets a
 * spot of its own there, so that it runs between the nodes.
 *
 * @param nodes each after its upstream; edges that others imply are left out.
 */
export function toLayers(nodes: readonly Linked[]): Spot[][] {
  const parentsOf = reduceEdges(nodes);
  const depths = new Map<string, number>();
  const spots = new Map<string, Spot>();
  const layers: Spot[][] = [];
  const add = (depth: number, spot: Spot): Spot => {
    (layers[depth] ??= []).push(spot);
    return spot;
  };
  for (const { name } of nodes) {
    const parents = parentsOf.get(name)!;
    const depth = Math.max(-1, ...parents.map((parent) => depths.get(parent)!)) + 1;
    depths.set(name, depth);
    const ends = parents.map((parent) => {
      let end = spots.get(parent)!;
      for (let passed = depths.get(parent)! + 1; passed < depth; passed++) {
        end = add(passed, { name: undefined, parents: [end] });
      }
      return end;
    });
    spots.set(name, add(depth, { name, parents: ends }));
  }
  layers.forEach((layer, depth) => {
    if (depth === 0) return;
    const before = layers[depth - 1]!;
    const center = ({ parents }: Spot) =>
      parents.reduce((sum, parent) => sum + before.indexOf(parent), 0) /
      Math.max(1, parents.length);
    layers[depth] = layer.toSorted((a, b) => center(a) - center(b));
  });
  return layers;
}
