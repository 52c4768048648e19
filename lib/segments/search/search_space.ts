/** A range that is searched evenly on a logarithmic scale. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What may differ between the maps that are tried. */
export interface SearchSpace {
  /** Sets the grid: so many customers to a neuron, and at most `mostNeurons`. */
  readonly customersPerNeuron: Range;
  readonly mostNeurons: number;
  /** Width of the grid over its height. */
  readonly shapes: readonly number[];
  /** Where the radius starts, in neurons; its upper end is a share of the grid's width. */
  readonly radiusStart: { readonly from: number; readonly toShareOfWidth: number };
  /** Where the radius ends, in neurons. */
  readonly radiusEnd: Range;
  readonly inits: readonly ("pca-spread" | "sample")[];
  /** Of the whole training; the rungs of the search train shorter. */
  readonly epochs: number;
}

/**
 * The space of `07_tune`, all batch training; the guide's online training is
 * compared besides. Limits by measurement, see docs/tuning.md: coarser maps than
 * eight customers to a neuron fail the limit of the quantization error on small
 * data, finer ones than 2.8 learn the customers by heart; a final radius below
 * .33 fails the limit of the topographic error, above .5 that of the
 * quantization error.
 */
export const SEARCH_SPACE: SearchSpace = {
  customersPerNeuron: { from: 2.8, to: 8 },
  mostNeurons: 3_200,
  shapes: [2, 1],
  radiusStart: { from: 3, toShareOfWidth: 1 / 4 },
  radiusEnd: { from: 0.33, to: 0.5 },
  inits: ["pca-spread", "sample"],
  epochs: 320,
};
