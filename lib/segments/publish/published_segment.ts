import type { Evidence } from "../names/conditions.ts";

/** A row of `dim_segment`. */
export interface PublishedSegment {
  /** No segment of one level has the id of one of the other. */
  readonly segment_id: number;
  /** 1, or 2 for a part of a segment of level 1. */
  readonly level: number;
  /** Null on level 1. */
  readonly parent_segment_id: number | null;
  readonly name: string;
  readonly description: string;
  readonly insight: string;
  readonly strategy: string;
  readonly customers: number;
  /** Of all customers, 0..1. */
  readonly customer_share: number;
  /** Of all item revenue, 0..1. */
  readonly revenue_share: number;
  readonly evidence: readonly Evidence[];
  /** Mean Jaccard similarity to the segments of resampled customers, 0..1; null where not measured. */
  readonly stability: number | null;
  /** Whether it survives resampling; null where not measured. */
  readonly is_trustworthy: boolean | null;
  readonly model_id: string;
  /** Whether the model was published although the gate had rejected it. */
  readonly was_forced: boolean;
  /** Brazil time, `2018-01-31 13:05:00`. */
  readonly segmented_at: string;
}
