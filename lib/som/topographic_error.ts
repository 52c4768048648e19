import { type MapErrorOptions, toUnits } from "./search/to_units.ts";
import { areNeighbours } from "./geometry.ts";
import type { Matrix, SomMap } from "./types.ts";

/**
 * The share of samples, 0..1, whose two best units are no neighbours, as MiniSom
 * takes it: more than 1.42 apart on a rectangular grid, so that diagonal
 * neighbours count as such, other than 1 apart on a hexagonal one. Less is
 * better. Not defined on a map of one neuron.
 *
 * Time, memory and other errors are those of `bestMatchingUnits`, next to none
 * where `units` are given.
 *
 * @throws {RangeError} when the map has one neuron
 *
 * Source: K. Kiviluoto (1996), Topology preservation in self-organizing maps.
 *
 * @example
 * ```ts
 * import { topographicError } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 9, 1), width: 3, height: 1, features: 1 };
 * const matrix = { data: Float64Array.of(0, 9), rows: 2, cols: 1 };
 * assert.equal(await topographicError(map, matrix), 0.5);
 * ```
 */
export async function topographicError(
  map: SomMap,
  matrix: Matrix,
  options: MapErrorOptions = {},
): Promise<number> {
  if (map.width * map.height < 2) {
    throw new RangeError("Cannot measure topographic error: map has 1 neuron, must be at least 2");
  }
  const { bmu, second } = await toUnits(map, matrix, options, "measure topographic error");
  let torn = 0;
  for (let i = 0; i < matrix.rows; i++) if (!areNeighbours(map, bmu[i]!, second[i]!)) torn++;
  return torn / matrix.rows;
}
