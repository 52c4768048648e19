import { type LongRun, Pace } from "feira/threads";
import type { BatchEngine, BatchStart } from "./_batch_engine.ts";
import { type BatchFactors, batchFactors } from "./_batch_factors.ts";
import { Search } from "./_search.ts";
import { putColumns, takeColumns } from "./_column_order.ts";
import { copyRows, orderByUnit } from "./_sort_rows.ts";
import { Tiles } from "./_tiles.ts";
import { isShifted } from "./geometry.ts";

/** Rows between two looks at the clock. */
const SLICE = 128;

/**
 * Batch training in plain TypeScript, on one thread: what the kernel is held to,
 * bit for bit, and what takes its place where there are no vectors.
 *
 * A neuron's new weight is the mean of all samples, each weighted by the gaussian
 * of the grid distance between the neuron and the sample's best unit. The samples
 * are first summed per best unit; the gaussian is a product of one along x and one
 * along y, so smoothing these sums twice gives the same as one sum over all
 * samples.
 */
export class BatchPlain implements BatchEngine {
  readonly #start: BatchStart;
  readonly #data: Float64Array;
  #rowWeights: Float64Array | undefined;
  #isFirst = true;
  readonly #weights: Float64Array;
  readonly #tiles: Tiles;
  readonly #search: Search;
  /** `[rows]`: best unit of each row in the epoch before. */
  readonly #best: Int32Array;
  /** `[neurons × (cols + 1)]`: sums of samples, then of their weights. */
  readonly #sums: Float64Array;
  /** Smoothed along x, for rows of the grid that are shifted alike, and for the others. */
  readonly #across: Float64Array;
  readonly #athwart: Float64Array;

  constructor(start: BatchStart) {
    const { grid, matrix, columns, weights } = start;
    const sums = grid.width * grid.height * (matrix.cols + 1);
    this.#start = start;
    this.#data = new Float64Array(matrix.data.length);
    copyRows(matrix, this.#data, { columns });
    this.#rowWeights = start.rowWeights;
    this.#weights = takeColumns(weights, columns);
    this.#tiles = new Tiles(grid, matrix.cols);
    this.#tiles.fit(this.#weights);
    this.#search = new Search(this.#tiles, this.#weights);
    this.#best = new Int32Array(matrix.rows).fill(-1);
    this.#sums = new Float64Array(sums);
    this.#across = new Float64Array(sums);
    this.#athwart = new Float64Array(grid.topology === "hexagonal" ? sums : 0);
  }

  async epoch(radius: number, run: LongRun): Promise<void> {
    const { grid, matrix: { rows } } = this.#start;
    const pace = new Pace(rows, run);
    for (let from = 0; from < rows; from += SLICE) {
      if (pace.isDue) await pace.breathe(from);
      this.#find(from, Math.min(rows, from + SLICE));
    }
    if (this.#isFirst) this.#sortRows();
    this.#isFirst = false;
    this.#gather();
    const factors = batchFactors(grid, radius);
    this.#smooth(factors);
    this.#settle(factors);
    this.#tiles.fit(this.#weights);
    pace.finish();
  }

  weights(): Float64Array {
    return putColumns(this.#weights, this.#start.columns);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  /** Finds the best units of rows `from` to `to` (exclusive). */
  #find(from: number, to: number): void {
    const { cols } = this.#start.matrix;
    for (let i = from; i < to; i++) {
      this.#best[i] = this.#search.nearest(this.#data, i * cols, this.#best[i]!);
    }
  }

  /** For the sake of the kernel, which is faster with it: sums depend on the order. */
  #sortRows(): void {
    const { grid, matrix, columns, rowWeights } = this.#start;
    const order = orderByUnit(grid, this.#best);
    this.#best.set(order.map((row) => this.#best[row]!));
    copyRows(matrix, this.#data, { columns, order });
    if (rowWeights) this.#rowWeights = Float64Array.from(order, (row) => rowWeights[row]!);
  }

  /** Adds all rows to the sums of their best units. */
  #gather(): void {
    const { rows, cols } = this.#start.matrix;
    const sums = this.#sums.fill(0);
    for (let i = 0; i < rows; i++) {
      const weight = this.#rowWeights ? this.#rowWeights[i]! : 1;
      const at = this.#best[i]! * (cols + 1);
      for (let d = 0; d < cols; d++) sums[at + d]! += weight * this.#data[i * cols + d]!;
      sums[at + cols]! += weight;
    }
  }

  #smooth({ whole, half, reachAcross }: BatchFactors): void {
    const { grid, matrix: { cols } } = this.#start;
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
          addCell(this.#sums, this.#across, { ...cell, length: cols + 1, factor: whole[k]! });
          if (topology !== "hexagonal") continue;
          // Cells of a shifted row stand half a cell to the left of those above and below.
          const factor = half[isShifted(grid, y) ? k : k - 1]!;
          addCell(this.#sums, this.#athwart, { ...cell, length: cols + 1, factor });
        }
      }
    }
  }

  #settle({ down, reachDown }: BatchFactors): void {
    const { grid, matrix: { cols } } = this.#start;
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
      for (let d = 0; d < cols; d++) this.#weights[neuron * cols + d] = mean[d]! / share;
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
