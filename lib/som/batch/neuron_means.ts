import { type BatchFactors, batchFactors } from "./factors.ts";
import { isShifted } from "../geometry.ts";
import type { Grid } from "../types.ts";

/**
 * The second half of an epoch of batch training: from sums per best unit to the
 * neurons' new weights.
 *
 * A neuron's new weight is the mean of all samples, each weighted by the gaussian
 * of the grid distance between the neuron and the sample's best unit. The gaussian
 * is a product of one along x and one along y, so smoothing the sums twice gives
 * the same as one sum over all samples.
 *
 * Memory: per neuron 8 bytes (16 on a hexagonal grid) per feature and one more.
 */
export class NeuronMeans {
  readonly #grid: Grid;
  readonly #cols: number;
  /** Smoothed along x, for rows of the grid that are shifted alike, and for the others. */
  readonly #across: Float64Array;
  readonly #athwart: Float64Array;

  constructor(grid: Grid, cols: number) {
    const sums = grid.width * grid.height * (cols + 1);
    this.#grid = grid;
    this.#cols = cols;
    this.#across = new Float64Array(sums);
    this.#athwart = new Float64Array(grid.topology === "hexagonal" ? sums : 0);
  }

  /**
   * Moves every neuron that has samples within reach.
   *
   * @param weights `[neurons × cols]`, overwritten
   * @param sums `[neurons × (cols + 1)]`: sums of samples, then of their weights
   */
  move(weights: Float64Array, sums: Float64Array, radius: number): void {
    const factors = batchFactors(this.#grid, radius);
    this.#smooth(sums, factors);
    this.#settle(weights, factors);
  }

  #smooth(sums: Float64Array, { whole, half, reachAcross }: BatchFactors): void {
    const grid = this.#grid;
    const cols = this.#cols;
    const { width, height, topology } = grid;
    const column = height * (cols + 1);
    this.#across.fill(0);
    this.#athwart.fill(0);
    for (let x = 0; x < width; x++) {
      const { from, to } = windowAround(x, reachAcross, width);
      for (let source = from; source <= to; source++) {
        const k = width + x - source;
        for (let y = 0; y < height; y++) {
          const cell = {
            from: source * column + y * (cols + 1),
            into: x * column + y * (cols + 1),
          };
          addCell(sums, this.#across, { ...cell, length: cols + 1, factor: whole[k]! });
          if (topology !== "hexagonal") continue;
          // Cells of a shifted row stand half a cell to the left of those above and below.
          const factor = half[isShifted(grid, y) ? k : k - 1]!;
          addCell(sums, this.#athwart, { ...cell, length: cols + 1, factor });
        }
      }
    }
  }

  #settle(weights: Float64Array, { down, reachDown }: BatchFactors): void {
    const grid = this.#grid;
    const cols = this.#cols;
    const { width, height } = grid;
    const mean = new Float64Array(cols + 1);
    for (let neuron = 0; neuron < width * height; neuron++) {
      const y = neuron % height;
      const { from, to } = windowAround(y, reachDown, height);
      mean.fill(0);
      for (let source = from; source <= to; source++) {
        const isAlike = isShifted(grid, source) === isShifted(grid, y);
        const cells = isAlike ? this.#across : this.#athwart;
        const start = (neuron - y + source) * (cols + 1);
        const factor = down[height + y - source]!;
        addCell(cells, mean, { from: start, into: 0, length: cols + 1, factor });
      }
      const share = mean[cols]!;
      // Nobody within reach: such a neuron stays where it is.
      if (!(share > 0)) continue;
      for (let d = 0; d < cols; d++) weights[neuron * cols + d] = mean[d]! / share;
    }
  }
}

function windowAround(cell: number, reach: number, cells: number) {
  return { from: Math.max(0, cell - reach), to: Math.min(cells - 1, cell + reach) };
}

interface Addition {
  readonly from: number;
  readonly into: number;
  readonly length: number;
  readonly factor: number;
}

function addCell(
  source: Float64Array,
  target: Float64Array,
  { from, into, length, factor }: Addition,
): void {
  for (let d = 0; d < length; d++) target[into + d]! += factor * source[from + d]!;
}
