import type { CustomerMatrix } from "feira/features";
import type { TableLoad, Warehouse } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import { binFeatures } from "../history/feature_bins.ts";
import { addVersions } from "../history/segment_version.ts";
import type { SegmentStability } from "../levels/segment_stability.ts";
import type { Subdivision } from "../levels/subdivision.ts";
import type { NamedSegment } from "../names/name_segments.ts";
import { toCustomerRows } from "./_customer_rows.ts";
import { toBaselineRows, toSegmentRows, toVersionRow, withJson } from "./_segment_rows.ts";
import {
  ASSIGNMENT_COLUMNS,
  BASELINE_COLUMNS,
  SEGMENT_COLUMNS,
  VERSION_COLUMNS,
} from "./_tables.ts";
import { assignCustomers } from "./assign_customers.ts";
import { readVersions } from "./read_segments.ts";

/** What {@linkcode publishSegments} publishes. */
export interface PublishSpec {
  /** The raw features that the model was fitted on. */
  matrix: CustomerMatrix;
  /** Ids as they are to be published; see `keepSegmentIds`. */
  segmentation: Segmentation;
  /** Ids as they are to be published; see `keepSubsegmentIds`. */
  subdivisions: readonly Subdivision[];
  /** One for each id of either level. */
  segments: readonly NamedSegment[];
  /** Of the ids of either level; a segment that is not here has none. */
  stability: readonly SegmentStability[];
  /** Whether the gate had rejected the model. */
  wasForced: boolean;
  /** The moment of the segmentation, in Brazil time. */
  segmentedAt: Temporal.PlainDateTime;
  /** Put before the tables' comments, such as the banner of synthetic data. */
  comment?: string;
}

/**
 * Replaces four tables together, or none of them:
 *
 * - `dim_segment`: the segments of both levels
 * - `dim_customer_segmented`: `dim_customer` with each customer's segment,
 *   sub-segment, neuron and margins; one row per `customer_unique_id`
 * - `dim_segment_history`: every version of every segment that was ever
 *   published, with the time in which it was; see `addVersions`
 * - `segment_baseline`: how the features are distributed now, for drift
 *
 * Whether the model passed the gate is the caller's to ask first; see
 * `assertPassed`.
 *
 * @returns rows of each table
 * @throws {FeiraError} `data` when customers repeat, `dim_customer` and the
 * segmentation hold different customers, or segments and their names do not fit;
 * nothing is changed then
 */
export async function publishSegments(
  warehouse: Warehouse,
  dataset: string,
  spec: PublishSpec,
): Promise<{ name: string; rows: number }[]> {
  const { matrix, segmentation, segmentedAt, comment } = spec;
  const columns = await warehouse.loadColumns(dataset, "dim_customer");
  if (columns.length === 0) {
    throw new FeiraError(
      "data",
      `Cannot publish segments: found no table ${dataset}.dim_customer, must be made by the marts first`,
    );
  }
  const assignments = await assignCustomers(matrix, spec);
  const segments = toSegmentRows(spec);
  const versions = addVersions(
    await readVersions(warehouse, dataset),
    segments,
    segmentedAt.toString().replace("T", " "),
  );
  const customers = await warehouse.query(
    `select * from ${warehouse.nameOf(dataset, "dim_customer")} order by customer_unique_id`,
  );
  const stamp = { model_id: segmentation.modelId, segmented_at: segmentedAt };
  const stamped = (rows: readonly object[]) => rows.map((row) => ({ ...row, ...stamp }));
  const loads: TableLoad[] = [
    {
      name: "dim_segment",
      comment: "One row per customer segment of either level of the last published model.",
      columns: SEGMENT_COLUMNS,
      from: { rows: stamped(segments.map(withJson)) },
    },
    {
      name: "dim_customer_segmented",
      comment: "One row per customer_unique_id: dim_customer with the customer's segments.",
      columns: [...columns, ...ASSIGNMENT_COLUMNS],
      from: {
        rows: stamped(toCustomerRows(customers, { columns, segmentation, assignments })),
      },
    },
    {
      name: "dim_segment_history",
      comment: "One row per version of a segment of either level that was ever published.",
      columns: VERSION_COLUMNS,
      from: { rows: versions.map(toVersionRow) },
    },
    {
      name: "segment_baseline",
      comment: "One row per feature and bin: how the last publication's customers were.",
      columns: BASELINE_COLUMNS,
      from: { rows: stamped(toBaselineRows(binFeatures(matrix))) },
    },
  ];
  return await warehouse.replaceTables(dataset, loads, comment === undefined ? {} : { comment });
}
