import { FeiraError } from "feira/workspace";
import type { PublishedSegment } from "../publish/published_segment.ts";
import type { MeanProfile } from "./_profiles.ts";

/** What a segment was while it was the published one: a row of `dim_segment_history`. */
export interface SegmentVersion extends Omit<PublishedSegment, "segmented_at"> {
  /** Mean of each raw feature, by name. */
  readonly profile: MeanProfile;
  /** Brazil time, `2018-01-31 13:05:00`. */
  readonly valid_from: string;
  /** When the next version took its place, or the segment was retired; null while it is published. */
  readonly valid_to: string | null;
}

/** A version that is about to be published. */
export type NewVersion = Omit<SegmentVersion, "valid_from" | "valid_to">;

/**
 * The history with what is published now: a segment that is as it was keeps its
 * open version; one that has changed in anything gets a new one, which begins
 * when the one before ends; one that is gone is closed. Closed versions never
 * change. Publishing the same again gives the same history.
 *
 * @param history all versions, in any order
 * @param current one for each segment of either level
 * @param at the moment of the publication, Brazil time, `2018-01-31 13:05:00`
 * @returns by segment id, then by time
 * @throws {FeiraError} `data` when a version to be closed begins at that moment or later
 */
export function addVersions(
  history: readonly SegmentVersion[],
  current: readonly NewVersion[],
  at: string,
): SegmentVersion[] {
  const contents = new Map(current.map((version) => [version.segment_id, contentOf(version)]));
  const kept = history.map((version) => {
    const isSame = contents.get(version.segment_id) === contentOf(version);
    return version.valid_to !== null || isSame ? version : close(version, at);
  });
  const open = new Set(
    kept.filter(({ valid_to }) => valid_to === null).map(({ segment_id }) => segment_id),
  );
  const added = current.filter(({ segment_id }) => !open.has(segment_id))
    .map((version) => ({ ...version, valid_from: at, valid_to: null }));
  return [...kept, ...added].sort((a, b) =>
    a.segment_id - b.segment_id || Temporal.PlainDateTime.compare(momentOf(a), momentOf(b))
  );
}

function close(version: SegmentVersion, at: string): SegmentVersion {
  if (Temporal.PlainDateTime.compare(momentOf(version), toMoment(at)) >= 0) {
    throw new FeiraError(
      "data",
      `Cannot publish segments: the version of segment ${version.segment_id} in dim_segment_history begins at ${version.valid_from}, must be before ${at}`,
    );
  }
  return { ...version, valid_to: at };
}

/** All that makes a version another, in one order, and as JSON has it. */
function contentOf({ segment_id, level, parent_segment_id, ...rest }: NewVersion): string {
  const { name, description, insight, strategy, evidence, profile } = rest;
  const { customers, customer_share, revenue_share, stability, is_trustworthy } = rest;
  const { model_id, was_forced } = rest;
  return JSON.stringify([
    ...[segment_id, level, parent_segment_id, name, description, insight, strategy],
    ...[customers, customer_share, revenue_share, stability, is_trustworthy],
    ...[model_id, was_forced, evidence, profile],
  ]);
}

function momentOf({ valid_from }: SegmentVersion): Temporal.PlainDateTime {
  return toMoment(valid_from);
}

function toMoment(text: string): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(text.replace(" ", "T"));
}
