/** What a segmentation is judged by. */
export interface Metrics {
  /** Quantization error of the map, in standard deviations. */
  readonly qe: number;
  /** Topographic error of the map, 0..1. */
  readonly te: number;
  /** Over customers in scaled feature space, their segment as label; -1..1. */
  readonly silhouette: number;
  /** Davies-Bouldin index over the same. */
  readonly dbi: number;
  /** Customers of the smallest segment. */
  readonly smallest: number;
}

/** What the levels of a segmentation are judged by besides. */
export interface LevelFigures {
  /** Mean adjusted Rand index of the segments to those of bootstraps; see `segmentStability`. */
  readonly stability: number;
  /** The same of the second level, the least of its subdivisions; absent without one. */
  readonly subsegmentStability?: number;
  /** Customers of the smallest sub-segment; absent without one. */
  readonly smallestSubsegment?: number;
}

/** One limit of the gate; a value equal to it passes. */
export interface Limit {
  readonly name: keyof Metrics | keyof LevelFigures;
  readonly label: string;
  readonly limit: number;
  readonly direction: "at least" | "at most";
}

/** Fewer customers than this are an anecdote, on either level: no segment may have fewer. */
export const LEAST_CUSTOMERS = 30;

/**
 * Every limit: the published ones of the guide, for its twelve features; how
 * well both levels must come back when the customers are drawn anew; and a size
 * below which a segment's figures are anecdotes. docs/segments.md argues them.
 */
export const GATE: readonly Limit[] = [
  { name: "silhouette", label: "Silhouette", limit: 0.6, direction: "at least" },
  { name: "dbi", label: "Davies-Bouldin index", limit: 0.75, direction: "at most" },
  { name: "qe", label: "Quantization error", limit: 0.26, direction: "at most" },
  { name: "te", label: "Topographic error", limit: 0.26, direction: "at most" },
  {
    name: "smallest",
    label: "Customers in smallest segment",
    limit: LEAST_CUSTOMERS,
    direction: "at least",
  },
  {
    name: "stability",
    label: "Adjusted Rand index over bootstraps",
    limit: 0.8,
    direction: "at least",
  },
  {
    name: "subsegmentStability",
    label: "Adjusted Rand index of sub-segments over bootstraps",
    limit: 0.8,
    direction: "at least",
  },
  {
    name: "smallestSubsegment",
    label: "Customers in smallest sub-segment",
    limit: LEAST_CUSTOMERS,
    direction: "at least",
  },
];
