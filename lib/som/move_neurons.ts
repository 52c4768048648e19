import { assertMap, assertPositive } from "./_check.ts";
import { NeuronMeans } from "./batch/neuron_means.ts";
import type { SomMap } from "./types.ts";

/**
 * The second half of an epoch of batch training, for whoever has summed the
 * samples elsewhere: every neuron becomes the mean of all samples, weighted by
 * the gaussian of the grid distance to each sample's best unit. The very step of
 * `trainBatch`; a neuron without samples within six radii stays as it is.
 *
 * O(neurons · (width + height) · features) at worst.
 *
 * @param map is not changed
 * @param sums `[neurons × (features + 1)]`: per best unit the sums of its
 * samples, then how many they are
 * @param radius sigma of the gaussian, in neurons; > 0
 * @throws {TypeError} when the sums are not of this map
 * @throws {RangeError} when a number of samples is negative, a sum is not finite,
 * or the radius is out of range
 *
 * @example
 * ```ts
 * import { moveNeurons } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 5), width: 2, height: 1, features: 1 };
 * // Two samples, 1 and 2, next to the first neuron; none within reach of the second.
 * const moved = moveNeurons(map, Float64Array.of(3, 2, 0, 0), 0.01);
 * assert.deepEqual([...moved.weights], [1.5, 5]);
 * ```
 */
export function moveNeurons(map: SomMap, sums: Float64Array, radius: number): SomMap {
  const action = "move neurons";
  const { width, height, features } = map;
  assertMap(map, action);
  assertPositive(radius, `Cannot ${action}: radius`);
  if (sums.length !== width * height * (features + 1)) {
    throw new TypeError(
      `Cannot ${action}: found ${sums.length} sums, must be ${width} × ${height} × ${features + 1}`,
    );
  }
  const at = sums.findIndex((sum, i) =>
    !Number.isFinite(sum) || (i % (features + 1) === features && sum < 0)
  );
  if (at >= 0) {
    throw new RangeError(
      `Cannot ${action}: found ${sums[at]} in the sums of neuron ${
        Math.floor(at / (features + 1))
      }, must be finite, and the number of samples at least 0`,
    );
  }
  const weights = map.weights.slice();
  new NeuronMeans(map, features).move(weights, sums, radius);
  return { ...map, weights };
}
