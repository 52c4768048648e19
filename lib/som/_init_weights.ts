import { fitPrincipalPlane } from "./_principal_plane.ts";
import type { RandomState } from "./_random_state.ts";
import type { Grid, Matrix } from "./types.ts";

/**
 * Where a map's weights start:
 *
 * - `sample`: each neuron is a row drawn at random, MiniSom's `random_weights_init`
 * - `pca`: a sheet over the first two principal components, one unit long each
 *   way from the mean, MiniSom's `pca_weights_init` (signs are ours: an
 *   eigenvector's greatest component is positive)
 * - `pca-spread`: the same sheet, two standard deviations long each way, so that
 *   it covers the data from the start
 */
export type SomInit = "sample" | "pca" | "pca-spread";

/** Standard deviations from the mean to the edge of a `pca-spread` sheet. */
const SPREAD = 2;

/** @returns `[width × height × cols]` */
export function initWeights(
  matrix: Matrix,
  { width, height, init, random }: Grid & { init: SomInit; random: RandomState },
): Float64Array {
  const { data, rows, cols } = matrix;
  const weights = new Float64Array(width * height * cols);
  switch (init) {
    case "sample":
      for (let neuron = 0; neuron < width * height; neuron++) {
        const from = random.upTo(rows - 1) * cols;
        weights.set(data.subarray(from, from + cols), neuron * cols);
      }
      return weights;
    case "pca":
    case "pca-spread": {
      const { mean, directions: [along, across], deviations } = fitPrincipalPlane(matrix);
      const [lengthX, lengthY] = init === "pca" ? [1, 1] : deviations.map((sd) => sd * SPREAD);
      for (let x = 0; x < width; x++) {
        const cx = toEdge(x, width) * lengthX!;
        for (let y = 0; y < height; y++) {
          const cy = toEdge(y, height) * lengthY!;
          const at = (x * height + y) * cols;
          for (let d = 0; d < cols; d++) {
            weights[at + d] = mean[d]! + cx * along[d]! + cy * across[d]!;
          }
        }
      }
      return weights;
    }
    default:
      throw new RangeError(
        `Cannot train map: init is "${init satisfies never}", must be sample, pca or pca-spread`,
      );
  }
}

/** The i-th of n points from -1 to 1; -1 for a single one, as numpy's linspace. */
function toEdge(i: number, n: number): number {
  return n === 1 ? -1 : -1 + (2 * i) / (n - 1);
}
