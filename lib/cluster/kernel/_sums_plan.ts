/** Where the arrays of a set of points begin. */
@unmanaged
export class Points {
  /**
   * Rows less the columns' means, so that norms, and with them what cancels or is rounded off, are
   * least; a column that counts n times is √n times as long. float64, or float32 of a single plan.
   */
  centred!: usize;
  /** Rows as they came; none of a single plan. */
  plain!: usize;
  /** Half the squared norm of each centred row; negative for padding. */
  halfNorms!: usize;
  /** The greatest half norm of each block; infinite for one that holds padding. */
  blockNorms!: usize;
}

/** A run of blocks of one cluster; may be empty. Of them only the last can hold padding. */
@unmanaged
export class Tile {
  from!: i32;
  /** One past the last block without padding. */
  whole!: i32;
  /** One past the last block. */
  to!: i32;
  cluster!: i32;
}

/** What a computation works on: written by the host, in this order. */
@unmanaged
export class Plan {
  near!: f64;
  /** Points: the rows whose sums are wanted. */
  asking!: usize;
  /** Points: the rows that they are compared with. */
  points!: usize;
  /** Tile[tileCount] */
  tiles!: usize;
  tileCount!: i32;
  /** float64 [clusters × rows of sumBlocks blocks] */
  sums!: usize;
  sumBlocks!: i32;
  /** PAIRS bytes for each thread. */
  scratch!: usize;
  cols!: i32;
  /** float64 [cols]: how often a column counts. */
  times!: usize;
  /** 1 where distances are taken in float32, 0 where in float64. */
  isSingle!: i32;
}

/** Bytes of four float64: a column of a block, or a value for each of its rows. */
export const FOUR: usize = 32;

/** Bytes of a column of a block in numbers of type T. */
// @ts-ignore: decorator
@inline
export function columnOf<T>(): usize {
  return 4 * sizeof<T>();
}

// @ts-ignore: decorator
@inline
export function tileAt(plan: Plan, index: i32): Tile {
  return changetype<Tile>(plan.tiles + usize(index) * offsetof<Tile>());
}

/** The sums of distances to a tile's cluster. */
// @ts-ignore: decorator
@inline
export function sumsOf(plan: Plan, tile: Tile): usize {
  return plan.sums + usize(tile.cluster) * usize(plan.sumBlocks) * FOUR;
}

/** Adds both lanes to the float64 at an address. */
// @ts-ignore: decorator
@inline
export function addLanes(at: usize, sum: v128): void {
  store<f64>(at, load<f64>(at) + (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
}
