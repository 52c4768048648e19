import type { Portrait } from "./portray_segments.ts";

/** How sure one segment is, as a row of a table. */
export interface ConfidenceRow {
  readonly name: string;
  /** Mean share of the segment that is found again when customers are drawn anew; null where not measured. */
  readonly again: number | null;
  /** Its 95% interval. */
  readonly from: number | null;
  readonly to: number | null;
  readonly isTrusted: "yes" | "no" | "not measured";
  /** Customers within `THIN_MARGIN` of another segment; NaN for a segment without customers. */
  readonly thinShare: number;
}

/** A row for each portrait, in their order. */
export function confidenceRows(portraits: readonly Portrait[]): ConfidenceRow[] {
  return portraits.map(({ segment: { name }, stability, behaviour }) => ({
    name,
    again: stability?.jaccard.mean ?? null,
    from: stability?.jaccard.low ?? null,
    to: stability?.jaccard.high ?? null,
    isTrusted: stability === undefined ? "not measured" : stability.isTrustworthy ? "yes" : "no",
    thinShare: behaviour.thin.share,
  }));
}
