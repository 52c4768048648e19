import { ShortestWays } from "./ranks/shortest_ways.ts";
import { Pace } from "feira/threads";
import { type MapErrorOptions, toUnits, withoutProgress } from "./search/to_units.ts";
import type { Matrix, SomMap } from "./types.ts";

/**
 * The combined error of quantization and continuity: the mean over samples of
 * the distance to the best unit and, from there, of the shortest way over
 * neighbouring neurons to the second best, each step as long as its neurons'
 * weights are apart. In the matrix's units, less is better; not less than the
 * quantization error. Not defined on a map of one neuron.
 *
 * O(neurons² · log neurons) at worst beside the search: from each best unit,
 * neurons are reached in order of their way until all its second best are.
 * Memory: about 110 bytes per neuron and 16 per different pair of units.
 *
 * @throws {RangeError} when the map has one neuron
 *
 * Source: S. Kaski and K. Lagus (1996), Comparing self-organizing maps, eq. 1,
 * doi:10.1007/3-540-61510-5_136.
 *
 * @example
 * ```ts
 * import { combinedError } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 9, 1), width: 3, height: 1, features: 1 };
 * const matrix = { data: Float64Array.of(0), rows: 1, cols: 1 };
 * // The second best is behind the middle neuron: 0 → 9 → 1.
 * assert.equal(await combinedError(map, matrix), 9 + 8);
 * ```
 */
export async function combinedError(
  map: SomMap,
  matrix: Matrix,
  options: MapErrorOptions = {},
): Promise<number> {
  const action = "measure combined error";
  if (map.width * map.height < 2) {
    throw new RangeError(`Cannot ${action}: map has 1 neuron, must be at least 2`);
  }
  const units = await toUnits(map, matrix, withoutProgress(options), action);
  const { distance } = units;
  const pairs = countPairs(units.bmu, units.second);
  const ways = new ShortestWays(map);
  const pace = new Pace(pairs.size, options);
  let sum = distance.reduce((sum, value) => sum + value, 0);
  let done = 0;
  for (const [bmu, seconds] of pairs) {
    if (pace.isDue) await pace.breathe(done);
    ways.find(bmu, seconds.keys(), (second, way) => sum += way * seconds.get(second)!);
    done++;
  }
  pace.finish();
  return sum / matrix.rows;
}

/** Best unit → second best → rows that have both. */
function countPairs(bmu: Int32Array, second: Int32Array): Map<number, Map<number, number>> {
  const pairs = new Map<number, Map<number, number>>();
  for (let i = 0; i < bmu.length; i++) {
    const seconds = pairs.get(bmu[i]!) ?? new Map<number, number>();
    seconds.set(second[i]!, (seconds.get(second[i]!) ?? 0) + 1);
    pairs.set(bmu[i]!, seconds);
  }
  return pairs;
}
