import { FeiraError } from "feira/workspace";
import { type MeanProfile, meanProfiles } from "../history/_profiles.ts";
import type { FeatureBins } from "../history/feature_bins.ts";
import type { NewVersion, SegmentVersion } from "../history/segment_version.ts";
import type { PublishSpec } from "./publish_segments.ts";
import { toLoadValue } from "./to_load_value.ts";

/**
 * Segments of both levels as they are published, by id.
 *
 * @throws {FeiraError} `data` when the named segments are not those of the model
 */
export function toSegmentRows(spec: PublishSpec): NewVersion[] {
  const { segmentation, segments, stability, wasForced } = spec;
  const profiles = profilesOf(spec);
  assertSameIds(segments.map(({ id }) => id), [...profiles.keys()]);
  const stabilities = new Map(stability.map((each) => [each.id, each]));
  return segments.toSorted((a, b) => a.id - b.id).map((segment) => {
    const stable = stabilities.get(segment.id);
    return {
      segment_id: segment.id,
      level: segment.level,
      parent_segment_id: segment.parentId ?? null,
      name: segment.name,
      description: segment.description,
      insight: segment.insight,
      strategy: segment.strategy,
      customers: segment.customers,
      customer_share: segment.share,
      revenue_share: segment.revenueShare,
      evidence: segment.evidence,
      stability: stable?.jaccard.mean ?? null,
      is_trustworthy: stable?.isTrustworthy ?? null,
      model_id: segmentation.modelId,
      was_forced: wasForced,
      profile: profiles.get(segment.id)!,
    };
  });
}

/** A row whose evidence is written as JSON. */
export function withJson<Row extends Pick<NewVersion, "evidence">>(row: Row) {
  return { ...row, evidence: JSON.stringify(row.evidence) };
}

/** A version as `dim_segment_history` takes it. */
export function toVersionRow(version: SegmentVersion) {
  return {
    ...withJson(version),
    profile: JSON.stringify(version.profile),
    valid_from: toLoadValue(version.valid_from, "timestamp"),
    valid_to: toLoadValue(version.valid_to, "timestamp"),
  };
}

/** A row for each bin of each feature. */
export function toBaselineRows(features: readonly FeatureBins[]) {
  return features.flatMap(({ feature, edges, counts }) =>
    counts.map((customers, bin) => ({
      feature,
      bin,
      above: edges[bin - 1] ?? null,
      up_to: edges[bin] ?? null,
      customers,
    }))
  );
}

/** Mean of each raw feature, by segment id of either level. */
function profilesOf(
  { matrix, segmentation: { segments: labels, k }, subdivisions }: PublishSpec,
): Map<number, MeanProfile> {
  const first = meanProfiles(matrix, { labels, k }).map((profile, id) => [id, profile] as const);
  const second = subdivisions.flatMap(({ rows, labels, k, ids }) =>
    meanProfiles(matrix, { rows, labels, k }).map((profile, label) =>
      [ids[label]!, profile] as const
    )
  );
  return new Map([...first, ...second]);
}

function assertSameIds(named: readonly number[], wanted: readonly number[]): void {
  const isSame = named.length === wanted.length && new Set(named).size === named.length &&
    wanted.every((id) => named.includes(id));
  if (isSame) return;
  throw new FeiraError(
    "data",
    `Cannot publish segments: found names of segments ${named.join(", ")}, must be of ${
      wanted.join(", ")
    }, each once`,
  );
}
