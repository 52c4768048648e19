import { type LongRun, Pace } from "feira/threads";
import type { BatchEngine, BatchStart } from "./engine.ts";
import { Search } from "../search/search.ts";
import { putColumns, takeColumns } from "../search/column_order.ts";
import { NeuronMeans } from "./neuron_means.ts";
import { copyRows, orderByUnit } from "../search/sort_rows.ts";
import { Tiles } from "../search/tiles.ts";

/** Rows between two looks at the clock. */
const SLICE = 128;

/**
 * Batch training in plain TypeScript, on one thread: what the kernel is held to,
 * bit for bit, and what takes its place where there are no vectors.
 *
 * The samples are summed per best unit; what becomes of the sums says NeuronMeans.
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
  readonly #means: NeuronMeans;

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
    this.#means = new NeuronMeans(grid, matrix.cols);
  }

  async epoch(radius: number, run: LongRun): Promise<void> {
    const { rows } = this.#start.matrix;
    const pace = new Pace(rows, run);
    for (let from = 0; from < rows; from += SLICE) {
      if (pace.isDue) await pace.breathe(from);
      this.#find(from, Math.min(rows, from + SLICE));
    }
    if (this.#isFirst) this.#sortRows();
    this.#isFirst = false;
    this.#gather();
    this.#means.move(this.#weights, this.#sums, radius);
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
}
