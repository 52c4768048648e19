import type { Warehouse } from "feira/warehouse";
import type { MeanProfile } from "../history/_profiles.ts";
import type { FeatureBins } from "../history/feature_bins.ts";
import type { SegmentVersion } from "../history/segment_version.ts";
import { SEGMENT_COLUMNS, VERSION_COLUMNS } from "./_tables.ts";
import type { PublishedSegment } from "./published_segment.ts";

/** What was published last. */
export interface PublishedSegments {
  /** Of both levels, by segment id. */
  readonly segments: readonly PublishedSegment[];
  /** Each customer's segment of level 1. */
  readonly assignments: ReadonlyMap<string, number>;
  /** Each customer's sub-segment, of customers whose segment is divided. */
  readonly subassignments: ReadonlyMap<string, number>;
  /** Mean of each feature, by segment id. */
  readonly profiles: ReadonlyMap<number, MeanProfile>;
  /** All versions that there ever were; by segment id, then by time. */
  readonly history: readonly SegmentVersion[];
  /** How the features were distributed. */
  readonly baseline: readonly FeatureBins[];
}

/** Published together: where one is missing, an earlier version of this code has published. */
const PUBLISHED_TABLES = [
  "dim_segment",
  "dim_customer_segmented",
  "dim_segment_history",
  "segment_baseline",
];

/**
 * Reads the segments that were published last.
 *
 * @returns undefined when none were published yet, or by a version of Feira that
 * knew one level only.
 */
export async function readSegments(
  warehouse: Warehouse,
  dataset: string,
): Promise<PublishedSegments | undefined> {
  const tables = (await warehouse.listTables(dataset)).map(({ name }) => name);
  if (!PUBLISHED_TABLES.every((name) => tables.includes(name))) return undefined;
  const segments = await warehouse.query<Written<PublishedSegment>>(
    `select ${namesOf(SEGMENT_COLUMNS)}
     from ${warehouse.nameOf(dataset, "dim_segment")} order by segment_id`,
  );
  const history = await readVersions(warehouse, dataset);
  const { rows, texts, numbers } = await warehouse.columns(
    `select customer_unique_id, segment_id, subsegment_id
     from ${warehouse.nameOf(dataset, "dim_customer_segmented")}`,
  );
  const customers = texts.customer_unique_id!;
  const toMap = (ids: Float64Array) =>
    new Map(
      Array.from({ length: rows }, (_, i) => [customers[i]!, ids[i]!] as const)
        .filter(([, id]) => !Number.isNaN(id)),
    );
  return {
    segments: segments.map((row) => ({ ...row, evidence: JSON.parse(row.evidence) })),
    assignments: toMap(numbers.segment_id!),
    subassignments: toMap(numbers.subsegment_id!),
    profiles: new Map(
      history.filter(({ valid_to }) => valid_to === null)
        .map(({ segment_id, profile }) => [segment_id, profile]),
    ),
    history,
    baseline: await readBaseline(warehouse, dataset),
  };
}

/** Reads `dim_segment_history`; none where nothing was published yet. */
export async function readVersions(
  warehouse: Warehouse,
  dataset: string,
): Promise<SegmentVersion[]> {
  if ((await warehouse.loadColumns(dataset, "dim_segment_history")).length === 0) return [];
  const rows = await warehouse.query<Written<SegmentVersion>>(
    `select ${namesOf(VERSION_COLUMNS)}
     from ${warehouse.nameOf(dataset, "dim_segment_history")} order by segment_id, valid_from`,
  );
  return rows.map((row) => ({
    ...row,
    evidence: JSON.parse(row.evidence),
    profile: JSON.parse(row.profile),
  }));
}

async function readBaseline(warehouse: Warehouse, dataset: string): Promise<FeatureBins[]> {
  const rows = await warehouse.query<
    { feature: string; up_to: number | null; customers: number }
  >(
    `select feature, up_to, customers
     from ${warehouse.nameOf(dataset, "segment_baseline")} order by feature, bin`,
  );
  return [...Map.groupBy(rows, ({ feature }) => feature)].map(([feature, bins]) => ({
    feature,
    edges: bins.flatMap(({ up_to }) => up_to ?? []),
    counts: bins.map(({ customers }) => customers),
  }));
}

/** A row as the table holds it: what is no plain value is JSON. */
type Written<Row> = {
  readonly [Name in keyof Row]: Row[Name] extends string | number | boolean | null ? Row[Name]
    : string;
};

function namesOf(columns: readonly { readonly name: string }[]): string {
  return columns.map(({ name }) => name).join(", ");
}
