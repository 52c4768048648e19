/**
 * A table of numbers, one row per customer.
 *
 * `data` holds it row by row, `[rows × cols]`: customer i's feature j is at
 * `i * cols + j`. Nothing in this room changes a matrix that it is given.
 */
export interface CustomerMatrix {
  /** `[rows]`, distinct. */
  readonly customerIds: readonly string[];
  /** `[cols]`. */
  readonly featureNames: readonly string[];
  /** `[rows × cols]`, finite. */
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
}
