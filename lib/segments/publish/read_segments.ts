import type { Warehouse } from "feira/warehouse";
import type { Evidence } from "../names/conditions.ts";

/** A row of `dim_segment`. */
export interface PublishedSegment {
  readonly segment_id: number;
  readonly name: string;
  readonly description: string;
  readonly insight: string;
  readonly strategy: string;
  readonly customers: number;
  readonly customer_share: number;
  readonly revenue_share: number;
  readonly evidence: readonly Evidence[];
  readonly model_id: string;
  /** Brazil time, `2018-01-31 13:05:00`. */
  readonly segmented_at: string;
}

/** What was published last. */
export interface PublishedSegments {
  /** By segment id. */
  readonly segments: readonly PublishedSegment[];
  /** Each customer's segment id; what `fitSegmentation` takes as `published`. */
  readonly assignments: ReadonlyMap<string, number>;
}

/**
 * Reads the segments that were published last.
 *
 * @returns undefined when none were published yet.
 */
export async function readSegments(
  warehouse: Warehouse,
  dataset: string,
): Promise<PublishedSegments | undefined> {
  const tables = (await warehouse.listTables(dataset)).map(({ name }) => name);
  if (!tables.includes("dim_segment") || !tables.includes("dim_customer_segmented")) {
    return undefined;
  }
  const segments = await warehouse.query<PublishedSegment & { evidence: string }>(
    `select segment_id, name, description, insight, strategy, customers, customer_share,
       revenue_share, evidence, model_id, segmented_at
     from ${warehouse.nameOf(dataset, "dim_segment")} order by segment_id`,
  );
  const { rows, texts, numbers } = await warehouse.columns(
    `select customer_unique_id, segment_id
     from ${warehouse.nameOf(dataset, "dim_customer_segmented")}`,
  );
  const ids = texts.customer_unique_id!;
  const labels = numbers.segment_id!;
  return {
    segments: segments.map((segment) => ({ ...segment, evidence: JSON.parse(segment.evidence) })),
    assignments: new Map(Array.from({ length: rows }, (_, i) => [ids[i]!, labels[i]!])),
  };
}
