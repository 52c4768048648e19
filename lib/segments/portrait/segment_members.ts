import type { Segmentation } from "../fit/fit_segmentation.ts";
import type { Subdivision } from "../levels/subdivision.ts";

/** Which customers a segment of either level has. */
export interface SegmentMembers {
  /** As published. */
  readonly id: number;
  readonly level: 1 | 2;
  /** The segment that it is a part of; absent on level 1. */
  readonly parentId?: number;
  /** Whether it is divided no further: each customer is in exactly one such segment. */
  readonly isLeaf: boolean;
  /** `[customers]`: their rows of the matrix, ascending. */
  readonly rows: Int32Array;
}

/**
 * The customers of every segment of both levels: segments of level 1 by id,
 * each followed by its parts by id. O(customers).
 */
export function segmentMembers(
  { segments, k }: Pick<Segmentation, "segments" | "k">,
  subdivisions: readonly Subdivision[] = [],
): SegmentMembers[] {
  const rows = Array.from({ length: k }, (): number[] => []);
  segments.forEach((segment, row) => rows[segment]!.push(row));
  return rows.flatMap((own, id): SegmentMembers[] => {
    const divided = subdivisions.find(({ parent }) => parent === id);
    const whole = { id, level: 1, isLeaf: divided === undefined, rows: Int32Array.from(own) };
    return [{ ...whole, level: 1 }, ...divided === undefined ? [] : toParts(divided)];
  });
}

function toParts({ parent, ids, rows, labels }: Subdivision): SegmentMembers[] {
  return ids.map((id, label): SegmentMembers => ({
    id,
    level: 2,
    parentId: parent,
    isLeaf: true,
    rows: rows.filter((_, at) => labels[at] === label),
  })).sort((a, b) => a.id - b.id);
}
