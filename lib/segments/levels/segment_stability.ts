/** A share with the interval that resampling gives it. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** How well one segment comes back when the customers are drawn anew. */
export interface SegmentStability {
  /** The published id, of either level. */
  readonly id: number;
  /**
   * Greatest Jaccard similarity to a segment of each bootstrap's, 0..1, with its
   * 95% percentile interval. Hennig: below 0.5 dissolved, from 0.6 a pattern,
   * from 0.75 stable, from 0.85 highly stable.
   */
  readonly jaccard: Interval;
  /** Whether the segment may be acted on: its mean is at least 0.75. */
  readonly isTrustworthy: boolean;
}

/** How well a level of segments comes back. */
export interface LevelStability {
  readonly segments: readonly SegmentStability[];
  /** Adjusted Rand index of the published segments to those of each bootstrap. */
  readonly bootstrapRand: Interval & { readonly least: number };
  /** The same between fits of all customers from other seeds. */
  readonly seedRand: Interval & { readonly least: number };
}
