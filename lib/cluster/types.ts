/**
 * A table of numbers: one flat array, row after row. The value of row `i` and
 * column `j` is `data[i * cols + j]`.
 */
export interface Matrix {
  /** `[rows × cols]`, row-major. */
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
}

/** The numbers that distances are computed in. */
export type Precision = "float64" | "float32";

/** A cluster number per row, 0..k - 1. */
export type Labels = Int32Array | readonly number[];
