import { assertWhole } from "./_check.ts";
import type { SomMap } from "./types.ts";

/** The eight neighbours of a neuron on a rectangular grid. */
const NEIGHBOURS = [[0, -1], [-1, -1], [-1, 0], [-1, 1], [0, 1], [1, 1], [1, 0], [1, -1]] as const;

/**
 * The u-matrix: how far each neuron's weights are from those of its up to eight
 * neighbours, divided by the greatest, as MiniSom's `distance_map`. High walls
 * part the regions of a map.
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
  if (scaling !== "sum" && scaling !== "mean") {
    throw new RangeError(`Cannot draw u-matrix: scaling is "${scaling}", must be sum or mean`);
  }
  const { width, height } = map;
  const walls = new Float64Array(width * height);
  let greatest = 0;
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      let sum = 0;
      let count = 0;
      for (const [dx, dy] of NEIGHBOURS) {
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
        sum += distanceBetween(map, x * height + y, (x + dx) * height + y + dy);
        count++;
      }
      const wall = scaling === "mean" ? sum / Math.max(1, count) : sum;
      walls[x * height + y] = wall;
      greatest = Math.max(greatest, wall);
    }
  }
  return greatest === 0 ? walls : walls.map((wall) => wall / greatest);
}

/**
 * How many rows have each neuron as their best unit.
 *
 * @param units of `bestMatchingUnits`, or its `bmu` alone, `[rows]`
 * @returns `[width × height]`
 *
 * @example
 * ```ts
 * import { hitMap } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 1), width: 2, height: 1, features: 1 };
 * assert.deepEqual([...hitMap(map, Int32Array.of(1, 1, 0))], [1, 2]);
 * ```
 */
export function hitMap(
  map: SomMap,
  units: Int32Array | { readonly bmu: Int32Array },
): Float64Array {
  const hits = new Float64Array(map.width * map.height);
  for (const neuron of units instanceof Int32Array ? units : units.bmu) {
    if (neuron < 0 || neuron >= hits.length) {
      throw new RangeError(
        `Cannot count hits: found neuron ${neuron}, must be 0..${hits.length - 1}`,
      );
    }
    hits[neuron]! += 1;
  }
  return hits;
}

/**
 * One feature's weight in every neuron.
 *
 * @param feature its index, 0..features - 1
 * @returns `[width × height]`, in the units that the map was trained on
 *
 * @example
 * ```ts
 * import { componentPlane } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 5, 1, 6), width: 2, height: 1, features: 2 };
 * assert.deepEqual([...componentPlane(map, 1)], [5, 6]);
 * ```
 */
export function componentPlane(map: SomMap, feature: number): Float64Array {
  const { weights, width, height, features } = map;
  assertWhole(feature, "Cannot draw component plane: feature", 0);
  if (feature >= features) {
    throw new RangeError(
      `Cannot draw component plane: feature is ${feature}, must be 0..${features - 1}`,
    );
  }
  return Float64Array.from({ length: width * height }, (_, n) => weights[n * features + feature]!);
}

function distanceBetween({ weights, features }: SomMap, a: number, b: number): number {
  let squared = 0;
  for (let d = 0; d < features; d++) {
    squared += (weights[a * features + d]! - weights[b * features + d]!) ** 2;
  }
  return Math.sqrt(squared);
}
