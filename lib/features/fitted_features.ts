import type { Scaler } from "./fit_scaler.ts";

/**
 * Which numbers describe a customer to a model: `guide`, the twelve of the guide,
 * or `refined`, made from them without what counts twice and with tails drawn in.
 */
export type PresetName = "guide" | "refined";

/** A preset fitted to customers: all it takes to describe any customer in the same way. */
export interface FittedFeatures {
  readonly preset: PresetName;
  /**
   * Of the preset's features, in their order. A value that a customer does not
   * have, such as the score of no review, counts as the mean: 0 when scaled.
   */
  readonly scaler: Scaler;
}
