/**
 * What the host lays out in shared memory for a kernel, as 32-bit words in this
 * order; `lib/som/search/kernel.ts` writes them. Pointers are byte offsets.
 */
@unmanaged
export class Plan {
  /** Values per row and neuron. */
  features: i32;
  /** Features rounded up to a multiple of four: the depth of a box. */
  depth: i32;
  /** Neurons along y. */
  height: i32;
  /** Blocks of 8 × 8 neurons along x and along y. */
  blocksAcross: i32;
  blocksDown: i32;
  /** `[tiles × features × 16]` f64 or f32; NaN where a tile reaches beyond the grid. */
  weights: usize;
  /** `[blocks × depth × 2 × 4]` f32: least, then greatest weight of the block's four tiles. */
  boxes: usize;
  /** `[tiles]` i32: flat index of a tile's first neuron. */
  firsts: usize;
  /** Room of its own for each thread, and its size in bytes. */
  scratch: usize;
  scratchBytes: i32;
  /** `[rows × features]`, of the weights' type. */
  data: usize;
  rows: i32;
  /** Rows of one task. */
  slice: i32;
  /** `[rows]` i32: flat index of each row's best unit; -1 for none yet. */
  best: usize;
  /** `[rows]` i32: the second best unit; -1 on a map of one neuron. */
  second: usize;
  /** `[rows]` f64: squared distance to the best unit. */
  squared: usize;
}

/** Neurons of a tile: 4 along x, 4 along y; slot `(x & 3) * 4 + (y & 3)`. */
export const SLOTS: i32 = 16;

/** Bytes of one tile's weights. */
// @ts-ignore: decorator
@inline
export function tileBytes<T>(plan: Plan): usize {
  return <usize>(plan.features * SLOTS) * sizeof<T>();
}

/** The tile that holds a neuron. */
// @ts-ignore: decorator
@inline
export function tileOf(plan: Plan, neuron: i32): i32 {
  const x = neuron / plan.height;
  const y = neuron - x * plan.height;
  return (((x >> 3) * plan.blocksDown + (y >> 3)) << 2) | ((x >> 1) & 2) | ((y >> 2) & 1);
}

/** The neuron at a tile's slot. */
// @ts-ignore: decorator
@inline
export function neuronAt(plan: Plan, tile: i32, slot: i32): i32 {
  return load<i32>(plan.firsts + (<usize>tile << 2)) + (slot >> 2) * plan.height + (slot & 3);
}
