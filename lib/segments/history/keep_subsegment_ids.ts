import type { CustomerMatrix } from "feira/features";
import { pairSegments } from "../fit/pair_segments.ts";
import type { Subdivision } from "../levels/subdivision.ts";
import type { PublishedSegments } from "../publish/read_segments.ts";
import { likenesses } from "./_profiles.ts";
import type { KeepSpec } from "./keep_segment_ids.ts";

/**
 * Gives sub-segments the ids under which they were published last, so that as
 * many customers as possible keep theirs; where a parent shares not one customer
 * with its earlier sub-segments, by the likeness of mean features, as
 * `keepSegmentIds` does. Only sub-segments of one parent are matched.
 *
 * A sub-segment without a predecessor gets the lowest id that its parent has
 * never given away, the larger sub-segment first: an id that was retired stays
 * so, and always means what it meant.
 *
 * @param subdivisions whose `parent` is already as published; see `keepSegmentIds`
 */
export function keepSubsegmentIds(
  subdivisions: readonly Subdivision[],
  { matrix, published }: KeepSpec,
): Subdivision[] {
  return subdivisions.map((subdivision) => ({
    ...subdivision,
    ids: toIds(subdivision, matrix, published),
  }));
}

function toIds(
  subdivision: Subdivision,
  matrix: CustomerMatrix,
  published: PublishedSegments | undefined,
): number[] {
  const { parent, k, sizes } = subdivision;
  const earlier = (published?.segments ?? [])
    .filter(({ parent_segment_id }) => parent_segment_id === parent)
    .map(({ segment_id }) => segment_id);
  const pairs = published === undefined || earlier.length === 0
    ? new Array<undefined>(k).fill(undefined)
    : pairSegments(affinities(subdivision, { matrix, published, earlier }));
  const ids = pairs.map((pair) => pair === undefined ? undefined : earlier[pair]!);
  const used = new Set([
    ...earlier,
    ...published?.history.map(({ segment_id }) => segment_id) ?? [],
  ]);
  const fresh = freshIds(parent, used);
  const bySize = [...ids.keys()].filter((label) => ids[label] === undefined)
    .sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  for (const label of bySize) ids[label] = fresh.next().value!;
  return ids as number[];
}

/** `[labels][earlier]`: customers that both have, or how alike they are where none are shared. */
function affinities(
  { rows, labels, k }: Subdivision,
  { matrix, published, earlier }: KeepSpec & {
    readonly published: PublishedSegments;
    readonly earlier: readonly number[];
  },
): number[][] {
  const shared = Array.from({ length: k }, () => earlier.map(() => 0));
  rows.forEach((row, i) => {
    const before = published.subassignments.get(matrix.customerIds[row]!);
    const at = before === undefined ? -1 : earlier.indexOf(before);
    if (at >= 0) shared[labels[i]!]![at]! += 1;
  });
  if (shared.flat().some((customers) => customers > 0)) return shared;
  const profiles = earlier.map((id) => published.profiles.get(id) ?? {});
  return likenesses(matrix, { rows, labels, k }, profiles);
}

/** Ids that a parent may give and has never given: a hundred, then others that are nobody else's. */
function* freshIds(parent: number, used: ReadonlySet<number>): Generator<number, never> {
  for (let n = 0;; n++) {
    const id = 10_000 * Math.floor(n / 100) + 100 * (parent + 1) + n % 100;
    if (!used.has(id)) yield id;
  }
}
