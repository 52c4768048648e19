import type { Grid } from "./types.ts";

/**
 * How many rows have each neuron as their best unit, MiniSom's
 * `activation_response`.
 *
 * @param units of `bestMatchingUnits`, its `bmu` alone, or those of
 * `winningUnits`, `[rows]`
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
  map: Grid,
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
