import { assertWhole } from "./_check.ts";
import type { SomMap } from "./types.ts";

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
