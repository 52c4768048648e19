import { assertPositive } from "./_check.ts";
import { Neighbourhood, type SomNeighbourhood } from "./_neighbourhood.ts";
import { Pace } from "feira/threads";
import { type MapErrorOptions, toUnits, withoutProgress } from "./search/to_units.ts";
import type { Matrix, SomMap } from "./types.ts";

/** Settings of {@linkcode distortion}. */
export interface DistortionSpec extends MapErrorOptions {
  /** Radius of the neighbourhood, in neurons; > 0. */
  sigma: number;
  /** What weighs the neurons around a best unit. @default "gaussian" */
  neighbourhood?: SomNeighbourhood;
  /**
   * Of the distance to a neuron. With 2 it is what batch training minimises;
   * with 1 it is MiniSom 2.3.6's `distortion_measure`, whose text says squared.
   * @default 2
   */
  exponent?: 1 | 2;
}

/** Rows between two looks at the clock. */
const SLICE = 16;

/**
 * The distortion measure Σ_x Σ_n h(c, n) · |x - w_n|² over rows x, their best
 * units c and all neurons n; less is better, between maps of the same size and
 * sigma. O(rows · neurons · cols), less where the neighbourhood is small.
 *
 * Memory: 8 bytes per neuron beside what `bestMatchingUnits` takes.
 *
 * @throws {RangeError} when sigma is not above 0
 *
 * Source: T. Kohonen (1991), Self-organizing maps: optimization approaches.
 *
 * @example
 * ```ts
 * import { distortion } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const map = { weights: Float64Array.of(0, 5), width: 2, height: 1, features: 1 };
 * const matrix = { data: Float64Array.of(1), rows: 1, cols: 1 };
 * assert.equal(await distortion(map, matrix, { sigma: 1 }), 1 + 16 * Math.exp(-1 / 2));
 * ```
 */
export async function distortion(
  map: SomMap,
  matrix: Matrix,
  { sigma, neighbourhood = "gaussian", exponent = 2, ...options }: DistortionSpec,
): Promise<number> {
  const action = "measure distortion";
  assertPositive(sigma, `Cannot ${action}: sigma`);
  if (exponent !== 1 && exponent !== 2) {
    throw new RangeError(`Cannot ${action}: exponent is ${exponent}, must be 1 or 2`);
  }
  const around = new Neighbourhood(map, neighbourhood, action);
  const { bmu } = await toUnits(map, matrix, withoutProgress(options), action);
  const pace = new Pace(matrix.rows, options);
  let sum = 0;
  for (let i = 0; i < matrix.rows; i++) {
    if (i % SLICE === 0 && pace.isDue) await pace.breathe(i);
    around.centre(bmu[i]!, sigma);
    sum += distortionOf(map, around, matrix.data.subarray(i * matrix.cols), exponent);
  }
  pace.finish();
  return sum;
}

function distortionOf(
  { weights, features, height }: SomMap,
  { x0, x1, y0, y1, strengths }: Neighbourhood,
  sample: Float64Array,
  exponent: 1 | 2,
): number {
  let sum = 0;
  for (let x = x0; x <= x1; x++) {
    for (let y = y0, neuron = x * height + y0; y <= y1; y++, neuron++) {
      let squared = 0;
      for (let d = 0; d < features; d++) {
        const gap = sample[d]! - weights[neuron * features + d]!;
        squared += gap * gap;
      }
      sum += strengths[neuron]! * (exponent === 2 ? squared : Math.sqrt(squared));
    }
  }
  return sum;
}
