/**
 * What online training lays out beside the `Plan`, as 32-bit words in this
 * order; `lib/som/online/kernel.ts` writes them. Pointers are byte offsets.
 */
@unmanaged
export class OnlinePlan {
  /** Neurons along x. */
  width: i32;
  /** `[rows]` f64: sigma and learning rate of each iteration. */
  sigmas: usize;
  rates: usize;
  /** `[2 × centre]`, of the weights' type: the gaussian at distance r stands at centre ± r. */
  factors: usize;
  /** At least the grid's longest side and `MARGIN`. */
  centre: i32;
  /** `[tiles]` f32: how far boxes may have been stretched since they were fitted. */
  slack: usize;
}

/** Room beyond the grid in `factors`: for a second of a pair, and for a tile's rim. */
export const MARGIN: i32 = 16;
