import type { CustomerMatrix } from "feira/features";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import { pairSegments } from "../fit/pair_segments.ts";
import { rematch, renumber } from "../fit/rematch.ts";
import type { PublishedSegments } from "../publish/read_segments.ts";
import { likenesses } from "./_profiles.ts";

/** What ids are handed on by. */
export interface KeepSpec {
  /** The raw features of the segmentation's customers. */
  readonly matrix: CustomerMatrix;
  /** What was published last; nothing yet where absent. */
  readonly published?: PublishedSegments | undefined;
}

/**
 * Gives the segments of level 1 the ids under which they were published last,
 * so that as many customers as possible keep theirs (see `matchSegments`). Where
 * not one customer is the same, as with a new project's data, the segments
 * whose mean features are most alike take each other's ids, if they are less
 * than a standard deviation apart (root mean square over the features).
 *
 * Ids stay 0..k - 1; segments without a predecessor take those left over, the
 * larger the lower.
 */
export function keepSegmentIds(
  segmentation: Segmentation,
  { matrix, published }: KeepSpec,
): Segmentation {
  if (published === undefined) return segmentation;
  const { customerIds, segments: labels, k } = segmentation;
  if (customerIds.some((id) => published.assignments.has(id))) {
    return rematch(segmentation, published.assignments);
  }
  const earlier = published.segments.filter(({ level, segment_id }) =>
    level === 1 && segment_id < k
  );
  const profiles = earlier.map(({ segment_id }) => published.profiles.get(segment_id) ?? {});
  const pairs = pairSegments(likenesses(matrix, { labels, k }, profiles));
  const ids = pairs.map((pair) => pair === undefined ? undefined : earlier[pair]!.segment_id);
  const free = ids.map((_, id) => id).filter((id) => !ids.includes(id));
  // The labels go by size already, the largest first.
  return renumber(segmentation, ids.map((id) => id ?? free.shift()!));
}
