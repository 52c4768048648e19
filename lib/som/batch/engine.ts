import type { LongRun } from "feira/threads";
import type { Grid, Matrix } from "../types.ts";

/** What batch training starts from. */
export interface BatchStart {
  readonly matrix: Matrix;
  readonly grid: Grid;
  /** `[cols]`: the order in which to take the matrix's columns. */
  readonly columns: Int32Array;
  /** `[neurons × cols]`, in the matrix's own order of columns; is not changed. */
  readonly weights: Float64Array;
  /** `[rows]`; undefined where every row counts once. */
  readonly rowWeights: Float64Array | undefined;
  readonly threads: number;
}

/** Batch training, epoch by epoch. */
export interface BatchEngine extends AsyncDisposable {
  /**
   * Finds the best unit of every row, then moves every neuron to its mean.
   *
   * @param radius sigma of the gaussian, in neurons
   * @param run told the rows that were searched
   */
  epoch(radius: number, run: LongRun): Promise<void>;
  /** The weights so far, `[neurons × cols]` in the matrix's own order of columns, fresh. */
  weights(): Float64Array;
}
