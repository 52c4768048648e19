import { assertMap } from "./_check.ts";
import { type SomDistance, toScore } from "./_scores.ts";
import type { SomMap } from "./types.ts";

/**
 * How far every neuron is from one sample, MiniSom's `activate`.
 *
 * @param sample `[features]`, finite
 * @returns `[width × height]`, in the unit of the distance
 * @throws {TypeError} when the sample has other values than the map has features
 *
 * @example
 * ```ts
 * import { activationMap } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 0, 3, 4), width: 2, height: 1, features: 2 };
 * assert.deepEqual([...activationMap(map, Float64Array.of(0, 0))], [0, 5]);
 * assert.deepEqual([...activationMap(map, Float64Array.of(0, 0), { distance: "manhattan" })], [0, 7]);
 * ```
 */
export function activationMap(
  map: SomMap,
  sample: Float64Array,
  { distance = "euclidean" }: { distance?: SomDistance } = {},
): Float64Array {
  const action = "activate map";
  assertMap(map, action);
  const { weights, features, width, height } = map;
  if (sample.length !== features) {
    throw new TypeError(
      `Cannot ${action}: sample has ${sample.length} values, must be the map's ${features} features`,
    );
  }
  const bad = sample.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(`Cannot ${action}: found ${sample[bad]} at column ${bad}, must be finite`);
  }
  const score = toScore(distance, { weights, data: sample, features }, action);
  return Float64Array.from({ length: width * height }, (_, neuron) => {
    const value = score(neuron * features, 0, Infinity);
    return distance === "euclidean" ? Math.sqrt(value) : value;
  });
}
