import type { CustomerMatrix } from "feira/features";
import type { SegmentStability } from "../levels/segment_stability.ts";
import type { NamedSegment } from "../names/name_segments.ts";
import type { Assumptions } from "./assumptions.ts";
import { compareFeatures, type FeatureComparison } from "./compare_features.ts";
import { keyFigures } from "./key_figures.ts";
import { portraitValues } from "./portrait_features.ts";
import { type Representative, representativeCustomers } from "./representative_customers.ts";
import { type Behaviour, segmentBehaviour } from "./segment_behaviour.ts";
import type { SegmentCounts } from "./segment_counts.ts";
import type { SegmentMembers } from "./segment_members.ts";
import { type Action, suggestActions } from "./suggest_actions.ts";

/** What {@linkcode portraySegments} portrays. */
export interface PortraitSpec {
  /** Raw features; must be those of the segmentation. */
  readonly matrix: CustomerMatrix;
  /** Of {@linkcode segmentMembers}. */
  readonly members: readonly SegmentMembers[];
  /** One for each of `members`, by id. */
  readonly segments: readonly NamedSegment[];
  readonly counts: SegmentCounts;
  /** Where it was measured. */
  readonly stability?: readonly SegmentStability[];
  /** Those that differ from {@linkcode ASSUMPTIONS}. */
  readonly assumptions?: Partial<Assumptions>;
}

/** All that is told of one segment. */
export interface Portrait {
  readonly segment: NamedSegment;
  /** Whether it is divided no further. */
  readonly isLeaf: boolean;
  readonly revenueBrl: number;
  /** NaN for a segment without customers. */
  readonly revenuePerCustomerBrl: number;
  readonly features: readonly FeatureComparison[];
  readonly behaviour: Behaviour;
  readonly representatives: readonly Representative[];
  readonly stability?: SegmentStability;
  /**
   * The largest prize first; none for a segment that is divided, for its parts
   * have them, and none for one that may not be trusted.
   */
  readonly actions: readonly Action[];
}

/** The market, to compare with. */
export interface Market {
  readonly customers: number;
  readonly revenueBrl: number;
  readonly behaviour: Behaviour;
  /** Customers with two orders or more, of those with one or more; NaN where nobody ordered. */
  readonly repeatShare: number;
}

export interface Portraits {
  readonly market: Market;
  /** In the order of `members`. */
  readonly portraits: readonly Portrait[];
}

/**
 * Portrays every segment of both levels: its size and revenue, how its
 * customers differ from all others, what they bought, where they live, how they
 * paid and were served, who is typical, how sure all this is, and what to do.
 * O(segments · customers log customers).
 *
 * @throws {RangeError} when a segment has no name
 * @throws {TypeError} when the matrix lacks a feature
 */
export function portraySegments(
  { matrix, members, segments, counts, stability = [], assumptions = {} }: PortraitSpec,
): Portraits {
  const values = portraitValues(matrix);
  const market = segmentBehaviour(counts, "everyone");
  const all = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  const everyone = keyFigures(values, all, market);
  const monetary = matrix.featureNames.indexOf("monetary");
  const revenueOf = (rows: Int32Array) =>
    rows.reduce((sum, row) => sum + matrix.data[row * matrix.cols + monetary]!, 0);
  const portraits = members.map(({ id, level, isLeaf, rows }): Portrait => {
    const segment = segments.find((segment) => segment.id === id);
    if (segment === undefined) {
      throw new RangeError(
        `Cannot portray segments: found ids ${
          segments.map(({ id }) => id).join(", ")
        } among the names, must have ${id}`,
      );
    }
    const behaviour = segmentBehaviour(counts, { id, level });
    const revenueBrl = revenueOf(rows);
    const stable = stability.find((each) => each.id === id);
    const own = keyFigures(values, rows, behaviour);
    return {
      segment,
      isLeaf,
      revenueBrl,
      revenuePerCustomerBrl: revenueBrl / (rows.length || NaN),
      features: compareFeatures(values, rows),
      behaviour,
      representatives: representativeCustomers({ matrix, values }, rows),
      ...(stable && { stability: stable }),
      actions: isLeaf && (stable?.isTrustworthy ?? true)
        ? suggestActions({ own, everyone, behaviour, market, assumptions })
        : [],
    };
  });
  return {
    market: {
      customers: matrix.rows,
      revenueBrl: revenueOf(all),
      behaviour: market,
      repeatShare: everyone.repeatShare,
    },
    portraits,
  };
}
