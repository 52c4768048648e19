import { Search } from "./_search.ts";
import { Tiles } from "./_tiles.ts";
import type { Grid, Matrix } from "./types.ts";

/** Beyond this many sigma a neuron's share in a batch mean is under 1e-8 of the peak. */
const REACH_SIGMAS = 6;

/**
 * One epoch of batch training at a time, in plain TypeScript.
 *
 * A neuron's new weight is the mean of all samples, each weighted by the
 * gaussian of the grid distance between the neuron and the sample's best unit.
 * The samples are first summed per best unit; the gaussian is separable, so two
 * one-dimensional passes over these sums give the same as one over all samples.
 */
export class BatchKernel {
  readonly weights: Float64Array;
  readonly #matrix: Matrix;
  readonly #grid: Grid;
  readonly #tiles: Tiles;
  readonly #search: Search;
  /** `[rows]`: best unit of each row in the epoch before. */
  readonly #best: Int32Array;
  /** `[neurons × (cols + 1)]`: sums of samples, then their number. */
  readonly #sums: Float64Array;
  readonly #smooth: Float64Array;

  constructor(matrix: Matrix, grid: Grid, weights: Float64Array) {
    const neurons = grid.width * grid.height;
    this.weights = weights;
    this.#matrix = matrix;
    this.#grid = grid;
    this.#tiles = new Tiles(grid, matrix.cols);
    this.#tiles.fit(weights);
    this.#search = new Search(this.#tiles, weights);
    this.#best = new Int32Array(matrix.rows).fill(-1);
    this.#sums = new Float64Array(neurons * (matrix.cols + 1));
    this.#smooth = new Float64Array(neurons * (matrix.cols + 1));
  }

  /** Forgets the sums of the epoch before. */
  startEpoch(): void {
    this.#sums.fill(0);
  }

  /** Adds rows `from` to `to` (exclusive) to the sums of their best units. */
  gather(from: number, to: number): void {
    const { data, cols } = this.#matrix;
    const stride = cols + 1;
    for (let i = from; i < to; i++) {
      const best = this.#search.nearest(data, i * cols, this.#best[i]!);
      this.#best[i] = best;
      const at = best * stride;
      for (let d = 0; d < cols; d++) this.#sums[at + d]! += data[i * cols + d]!;
      this.#sums[at + cols]! += 1;
    }
  }

  /** Moves every neuron to its weighted mean. `radius` is the gaussian's sigma in neurons. */
  endEpoch(radius: number): void {
    const { width, height } = this.#grid;
    const { cols } = this.#matrix;
    const stride = cols + 1;
    const factors = gaussian(radius, Math.max(width, height));
    smoothAlong(this.#sums, this.#smooth, {
      lines: height,
      length: width,
      lineStep: stride,
      step: height * stride,
      stride,
      factors,
    });
    smoothAlong(this.#smooth, this.#sums, {
      lines: width,
      length: height,
      lineStep: height * stride,
      step: stride,
      stride,
      factors,
    });
    for (let neuron = 0; neuron < width * height; neuron++) {
      const share = this.#sums[neuron * stride + cols]!;
      // No sample within reach: such a neuron stays where it is.
      if (share <= 1e-12) continue;
      for (let d = 0; d < cols; d++) {
        this.weights[neuron * cols + d] = this.#sums[neuron * stride + d]! / share;
      }
    }
    this.#tiles.fit(this.weights);
  }
}

interface Lines {
  /** How many lines there are, and how far apart their starts. */
  readonly lines: number;
  readonly lineStep: number;
  /** Cells of a line, and how far apart. */
  readonly length: number;
  readonly step: number;
  /** Values of a cell. */
  readonly stride: number;
  readonly factors: Float64Array;
}

/** Convolves the lines of `from` with the factors into `to`. */
function smoothAlong(from: Float64Array, to: Float64Array, shape: Lines): void {
  const { lines, length, lineStep, step, stride, factors } = shape;
  to.fill(0);
  const reach = factors.length - 1;
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    for (let source = 0; source < length; source++) {
      const at = start + source * step;
      // The last value counts the samples: an empty cell has nothing to give.
      if (from[at + stride - 1] === 0) continue;
      const last = Math.min(length - 1, source + reach);
      for (let target = Math.max(0, source - reach); target <= last; target++) {
        const factor = factors[Math.abs(target - source)]!;
        const into = start + target * step;
        for (let d = 0; d < stride; d++) to[into + d]! += factor * from[at + d]!;
      }
    }
  }
}

/** exp(-r²/2σ²) for r = 0, 1, … as far as it counts. */
function gaussian(sigma: number, longest: number): Float64Array {
  const reach = Math.min(longest - 1, Math.ceil(REACH_SIGMAS * sigma));
  return Float64Array.from({ length: reach + 1 }, (_, r) => Math.exp(-r * r / (2 * sigma * sigma)));
}
