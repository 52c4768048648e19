/**
 * What batch training lays out beside the `Plan`, as 32-bit words in this order;
 * `lib/som/batch/kernel.ts` writes them. Pointers are byte offsets.
 */
@unmanaged
export class BatchPlan {
  /** Neurons along x. */
  width: i32;
  /** Doubles of a cell: the features' sums, the sum of the rows' weights, and one more if that makes it even. */
  stride: i32;
  /** Neurons of one task of `gather`. */
  share: i32;
  /** `[rows]` f64, or 0 where every row counts once. */
  rowWeights: usize;
  /** `[neurons × stride]` f64: the rows of each best unit, summed; in the end smoothed. */
  sums: usize;
  /** `[neurons × stride]` f64: smoothed along x, for rows of the grid shifted alike. */
  across: usize;
  /** The same for rows of the grid shifted otherwise; 0 on a rectangular grid. */
  athwart: usize;
  /** f64: the gaussian's factor of cells k apart stands at k, from -width to width. */
  whole: usize;
  /** f64: of cells k + ½ apart. */
  half: usize;
  /** f64: of rows of the grid k apart, from -height to height. */
  down: usize;
  /** How many cells away factors are over 0, along x and along y. */
  reachAcross: i32;
  reachDown: i32;
}
