import { assertMap, assertOneOf } from "./_check.ts";
import { distanceBetween } from "./_distance_between.ts";
import { neuronNeighbours } from "./geometry.ts";
import type { SomMap } from "./types.ts";

/**
 * The u-matrix: how far each neuron's weights are from those of its up to eight
 * neighbours, six on a hexagonal grid, divided by the greatest, as MiniSom's
 * `distance_map`. High walls part the regions of a map.
 *
 * On hexagonal grids of even height MiniSom 2.3.6 shifts other rows than its
 * coordinates do, and so takes neurons for neighbours that are √3 apart; here
 * neighbours are those of {@linkcode neuronNeighbours} at any height.
 *
 * @param options `scaling`: the neighbours' distances are added up (`sum`, the
 * default; neurons at the border have fewer) or averaged (`mean`).
 * @returns `[width × height]`, 0..1; all 0 when all neurons are alike.
 *
 * Source: A. Ultsch and H. P. Siemon (1990).
 *
 * @example
 * ```ts
 * import { uMatrix } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 1, 3), width: 3, height: 1, features: 1 };
 * assert.deepEqual([...uMatrix(map)], [1 / 3, 1, 2 / 3]);
 * ```
 */
export function uMatrix(
  map: SomMap,
  { scaling = "sum" }: { scaling?: "sum" | "mean" } = {},
): Float64Array {
  assertMap(map, "draw u-matrix");
  assertOneOf(scaling, ["sum", "mean"], "Cannot draw u-matrix: scaling");
  const { weights, features } = map;
  const walls = Float64Array.from({ length: map.width * map.height }, (_, neuron) => {
    const neighbours = neuronNeighbours(map, neuron);
    const sum = neighbours.reduce(
      (sum, other) => sum + distanceBetween(weights, features, neuron, other),
      0,
    );
    return scaling === "mean" ? sum / Math.max(1, neighbours.length) : sum;
  });
  const greatest = walls.reduce((most, wall) => Math.max(most, wall), 0);
  return greatest === 0 ? walls : walls.map((wall) => wall / greatest);
}
