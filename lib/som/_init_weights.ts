import type { Pace } from "feira/threads";
import { assertMap, assertOneOf } from "./_check.ts";
import { fitPrincipalPlane, type PrincipalPlane } from "./_principal_plane.ts";
import type { RandomState } from "./_random_state.ts";
import type { Grid, Matrix, SomMap } from "./types.ts";

/**
 * Where a map's weights start:
 *
 * - `random`: vectors of length 1 in random directions, as MiniSom's constructor
 *   leaves them
 * - `sample`: each neuron is a row drawn at random, MiniSom's `random_weights_init`
 * - `pca`: a sheet over the first two principal components, one unit long each
 *   way from the mean, MiniSom's `pca_weights_init` (signs are ours: an
 *   eigenvector's greatest component is positive; MiniSom's are its linear
 *   algebra library's, and its sheet may be a mirror image)
 * - `pca-spread`: the same sheet, two standard deviations long each way, so that
 *   it covers the data from the start
 */
export type SomInit = "random" | "sample" | "pca" | "pca-spread";

const INITS: readonly SomInit[] = ["random", "sample", "pca", "pca-spread"];

/** Standard deviations from the mean to the edge of a `pca-spread` sheet. */
const SPREAD = 2;

export interface StartSpec extends Grid {
  /** A map is gone on from: its weights are copied. */
  readonly init: SomInit | SomMap;
  /** Fresh from its seed; left as MiniSom leaves its own after the initialisation. */
  readonly random: RandomState;
  /** `[rows]`: how much each row counts for the principal plane, and how often it is drawn. */
  readonly rowWeights?: Float64Array | undefined;
  /** Of the training that begins. */
  readonly pace?: Pace;
}

/** @returns `[width × height × cols]` */
export async function initWeights(
  matrix: Matrix,
  { init, random, rowWeights, pace, ...grid }: StartSpec,
): Promise<Float64Array> {
  const { width, height } = grid;
  // MiniSom's constructor draws these before any initialisation replaces them.
  const drawn = drawDirections(random, width * height, matrix.cols);
  if (typeof init === "object") return copyWeights(init, grid, matrix.cols);
  assertOneOf(init, INITS, "Cannot train map: init");
  if (init === "random") return drawn;
  if (init === "sample") {
    const toRow = rowWeights ? byWeight(random, rowWeights) : () => random.upTo(matrix.rows - 1);
    return drawRows(toRow, width * height, matrix);
  }
  const plane = await fitPrincipalPlane(matrix, rowWeights, pace);
  return spanPlane(plane, grid, init === "pca" ? undefined : SPREAD);
}

function drawDirections(random: RandomState, neurons: number, features: number): Float64Array {
  const weights = new Float64Array(neurons * features);
  for (let start = 0; start < weights.length; start += features) {
    let squared = 0;
    for (let at = start; at < start + features; at++) {
      const value = random.double() * 2 - 1;
      weights[at] = value;
      squared += value * value;
    }
    const length = Math.sqrt(squared);
    for (let at = start; at < start + features; at++) weights[at]! /= length;
  }
  return weights;
}

/** Draws rows in proportion to their weights. */
function byWeight(random: RandomState, rowWeights: Float64Array): () => number {
  let total = 0;
  const ends = rowWeights.map((weight) => total += weight);
  return () => {
    const at = random.double() * total;
    let [from, to] = [0, ends.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (at < ends[middle]!) to = middle;
      else from = middle + 1;
    }
    return from;
  };
}

function drawRows(toRow: () => number, neurons: number, { data, cols }: Matrix) {
  const weights = new Float64Array(neurons * cols);
  for (let neuron = 0; neuron < neurons; neuron++) {
    const from = toRow() * cols;
    weights.set(data.subarray(from, from + cols), neuron * cols);
  }
  return weights;
}

/** A sheet from -1 to 1 along both directions, in units or in so many standard deviations. */
function spanPlane(
  { mean, directions: [along, across], deviations }: PrincipalPlane,
  { width, height }: Grid,
  spread: number | undefined,
) {
  const cols = mean.length;
  const [lengthX, lengthY] = deviations.map((sd) => spread === undefined ? 1 : sd * spread);
  const weights = new Float64Array(width * height * cols);
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

function copyWeights(from: SomMap, { width, height }: Grid, features: number): Float64Array {
  assertMap(from, "train map");
  if (from.width !== width || from.height !== height || from.features !== features) {
    throw new TypeError(
      `Cannot train map: init is a map of ${from.width} × ${from.height} × ${from.features}, must be ${width} × ${height} × ${features}`,
    );
  }
  return from.weights.slice();
}

/** The i-th of n points from -1 to 1, rounded as numpy's linspace; -1 for a single one. */
function toEdge(i: number, n: number): number {
  if (n === 1) return -1;
  return i === n - 1 ? 1 : i * (2 / (n - 1)) - 1;
}
