import type { CustomerMatrix } from "feira/features";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import type { Subdivision } from "../levels/subdivision.ts";
import type { NamedSegment } from "../names/name_segments.ts";
import type { PublishedSegments } from "../publish/read_segments.ts";
import { type FeatureDrift, featureDrift } from "./feature_drift.ts";
import { type MapDrift, maybeMapDrift } from "./map_drift.ts";
import { type Migration, migrations } from "./migrations.ts";

/** What became of one segment id of either level. */
export interface SegmentChange {
  readonly id: number;
  readonly level: number;
  /** Null where there was none, or is none. */
  readonly nameThen: string | null;
  readonly nameNow: string | null;
  readonly customersThen: number | null;
  readonly customersNow: number | null;
  readonly change: "new" | "retired" | "renamed" | "kept";
}

/** What a new model changes, compared with the one that was published last. */
export interface Changes {
  readonly isFirst: boolean;
  /** By id. */
  readonly segments: readonly SegmentChange[];
  /** Between segments of level 1. */
  readonly migrations: readonly Migration[];
  /** Between sub-segments, and segments that are not divided. */
  readonly subsegmentMigrations: readonly Migration[];
  /** None where nothing was published before. */
  readonly drift: readonly FeatureDrift[];
  /** Absent where nothing was published before, or its model is not kept. */
  readonly map?: MapDrift;
}

/** What {@linkcode changesSince} compares with the publication. */
export interface ChangesSpec {
  /** The raw features of the customers now. */
  readonly matrix: CustomerMatrix;
  /** Ids as they are to be published. */
  readonly segmentation: Pick<Segmentation, "customerIds" | "segments">;
  readonly subdivisions: readonly Pick<Subdivision, "rows" | "labels" | "ids">[];
  /** Of both levels. */
  readonly segments: readonly NamedSegment[];
  /** Folder of the model that was published last. */
  readonly modelDir: string;
}

/**
 * What has changed since the last publication: segments, who went where, and how
 * far customers have moved from those that the published model was fitted on.
 *
 * @param published undefined where nothing was published before: all is new then
 */
export async function changesSince(
  published: PublishedSegments | undefined,
  { matrix, segmentation, subdivisions, segments, modelDir }: ChangesSpec,
): Promise<Changes> {
  const { customerIds } = segmentation;
  const now = new Map(customerIds.map((id, row) => [id, segmentation.segments[row]!]));
  const finest = new Map(now);
  for (const { rows, labels, ids } of subdivisions) {
    rows.forEach((row, i) => finest.set(customerIds[row]!, ids[labels[i]!]!));
  }
  const then = published?.assignments ?? new Map<string, number>();
  const map = published?.segments[0] && await maybeMapDrift(matrix, {
    dir: modelDir,
    modelId: published.segments[0].model_id,
  });
  return {
    isFirst: published === undefined,
    segments: compareSegments(published, segments),
    migrations: migrations(then, now),
    subsegmentMigrations: migrations(
      new Map([...then, ...published?.subassignments ?? []]),
      finest,
    ),
    drift: published === undefined ? [] : featureDrift(matrix, published.baseline),
    ...(map && { map }),
  };
}

function compareSegments(
  published: PublishedSegments | undefined,
  segments: readonly NamedSegment[],
): SegmentChange[] {
  const then = new Map(published?.segments.map((each) => [each.segment_id, each]));
  const now = new Map(segments.map((each) => [each.id, each]));
  const ids = [...new Set([...then.keys(), ...now.keys()])].sort((a, b) => a - b);
  return ids.map((id) => {
    const [before, after] = [then.get(id), now.get(id)];
    return {
      id,
      level: after?.level ?? before!.level,
      nameThen: before?.name ?? null,
      nameNow: after?.name ?? null,
      customersThen: before?.customers ?? null,
      customersNow: after?.customers ?? null,
      change: before === undefined
        ? "new"
        : after === undefined
        ? "retired"
        : before.name === after.name
        ? "kept"
        : "renamed",
    };
  });
}
