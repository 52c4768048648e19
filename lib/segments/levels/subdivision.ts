import type { FittedFeatures } from "feira/features";

/** How well one number of sub-segments stood the trial. */
export interface SubdivisionTrial {
  readonly k: number;
  /** Adjusted Rand indices of the fit to fits on halves of the customers: the least and the mean. */
  readonly leastRand: number;
  readonly meanRand: number;
  /** Of all the customers of the parent. */
  readonly inertia: number;
  /** Customers of the smallest sub-segment. */
  readonly smallest: number;
}

/** A segment divided again: the second level. */
export interface Subdivision {
  /** Id of the segment that it divides. */
  readonly parent: number;
  /** Fitted on that segment's customers. */
  readonly features: FittedFeatures;
  /** Number of sub-segments. */
  readonly k: number;
  /** `[k × features]`, scaled: a customer belongs to the nearest. */
  readonly centroids: Float64Array;
  /** `[customers of the parent]`: their rows of the matrix, ascending. */
  readonly rows: Int32Array;
  /** `[customers of the parent]`: 0..k - 1. */
  readonly labels: Int32Array;
  /**
   * `[k]`: the id that each label is published under, stable from run to run;
   * `100 × (parent + 1)` and above, so that no id of either level is another's.
   */
  readonly ids: readonly number[];
  /** `[k]`: customers. */
  readonly sizes: readonly number[];
  /** What k was chosen from, by k; absent where it was given. */
  readonly trials?: readonly SubdivisionTrial[];
}
