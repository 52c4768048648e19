import type { LoadColumn, Warehouse } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import { toLoadValue } from "./to_load_value.ts";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import type { NamedSegment } from "../names/name_segments.ts";

/** What {@linkcode publishSegments} publishes. */
export interface PublishSpec {
  segmentation: Segmentation;
  /** One for each segment id. */
  segments: readonly NamedSegment[];
  /** The moment of the segmentation, in Brazil time. */
  segmentedAt: Temporal.PlainDateTime;
  /** Put before the tables' comments, such as the banner of synthetic data. */
  comment?: string;
}

const SEGMENT_COLUMNS: readonly LoadColumn[] = [
  { name: "segment_id", type: "integer", description: "Key of the segment; stable across runs" },
  { name: "name", type: "text", description: "What the segment's own numbers show it to be" },
  { name: "description", type: "text", description: "Who these customers are" },
  { name: "insight", type: "text", description: "What that means" },
  { name: "strategy", type: "text", description: "What to do" },
  { name: "customers", type: "integer", description: "Number of customers" },
  { name: "customer_share", type: "float", description: "Share of all customers, 0..1" },
  { name: "revenue_share", type: "float", description: "Share of all item revenue, 0..1" },
  {
    name: "evidence",
    type: "text",
    description: "JSON: every claim of the name with the segment's figure",
  },
  { name: "model_id", type: "text", description: "The model that made the segment" },
  { name: "segmented_at", type: "timestamp", description: "When, in Brazil time" },
];

const ASSIGNMENT_COLUMNS: readonly LoadColumn[] = [
  { name: "segment_id", type: "integer", description: "The customer's segment; see dim_segment" },
  { name: "neuron_x", type: "integer", description: "Column of the nearest neuron on the map" },
  { name: "neuron_y", type: "integer", description: "Row of the nearest neuron on the map" },
  {
    name: "distance",
    type: "float",
    description: "Distance to that neuron, in standard deviations: how unlike it the customer is",
  },
  { name: "model_id", type: "text", description: "The model that assigned the segment" },
  { name: "segmented_at", type: "timestamp", description: "When, in Brazil time" },
];

/**
 * Replaces `dim_segment` and `dim_customer_segmented` together, or neither. The
 * latter is `dim_customer` with each customer's segment: one row per
 * `customer_unique_id`, for every row of `dim_customer`.
 *
 * Whether the model passed the gate is the caller's to ask first; see
 * {@linkcode assertPassed}.
 *
 * @returns rows of each table
 * @throws {FeiraError} `data` when customers repeat, or `dim_customer` and the
 * segmentation hold different customers; nothing is changed then
 */
export async function publishSegments(
  warehouse: Warehouse,
  dataset: string,
  { segmentation, segments, segmentedAt, comment }: PublishSpec,
): Promise<{ name: string; rows: number }[]> {
  const columns = await warehouse.loadColumns(dataset, "dim_customer");
  if (columns.length === 0) {
    throw new FeiraError(
      "data",
      `Cannot publish segments: found no table ${dataset}.dim_customer, must be made by the marts first`,
    );
  }
  const customers = await warehouse.query(
    `select * from ${warehouse.nameOf(dataset, "dim_customer")} order by customer_unique_id`,
  );
  const stamp = { model_id: segmentation.modelId, segmented_at: segmentedAt };
  const loads = [
    {
      name: "dim_segment",
      comment: "One row per customer segment of the last published model.",
      columns: SEGMENT_COLUMNS,
      from: { rows: segments.map((segment) => ({ ...toSegmentRow(segment), ...stamp })) },
    },
    {
      name: "dim_customer_segmented",
      comment: "One row per customer_unique_id: dim_customer with the customer's segment.",
      columns: [...columns, ...ASSIGNMENT_COLUMNS],
      from: { rows: assign(customers, columns, segmentation).map((row) => ({ ...row, ...stamp })) },
    },
  ];
  return await warehouse.replaceTables(dataset, loads, comment === undefined ? {} : { comment });
}

function toSegmentRow(segment: NamedSegment) {
  return {
    segment_id: segment.id,
    name: segment.name,
    description: segment.description,
    insight: segment.insight,
    strategy: segment.strategy,
    customers: segment.customers,
    customer_share: segment.share,
    revenue_share: segment.revenueShare,
    evidence: JSON.stringify(segment.evidence),
  };
}

/** Joins customers to their segments; each exactly once on both sides. */
function assign(
  customers: readonly Record<string, unknown>[],
  columns: readonly LoadColumn[],
  { customerIds, segments, units, map }: Segmentation,
): Record<string, unknown>[] {
  const rowOf = new Map(customerIds.map((id, row) => [id, row]));
  if (rowOf.size !== customerIds.length) {
    throw refusal(`${customerIds.length - rowOf.size} customers twice in the segmentation`);
  }
  const seen = new Set<unknown>();
  const rows = customers.map((customer) => {
    const id = customer.customer_unique_id as string;
    const row = rowOf.get(id);
    if (row === undefined) throw refusal(`customer ${id} of dim_customer without a segment`);
    if (seen.has(id)) throw refusal(`customer ${id} twice in dim_customer`);
    seen.add(id);
    const neuron = units.bmu[row]!;
    return {
      ...Object.fromEntries(
        columns.map(({ name, type }) => [name, toLoadValue(customer[name], type)]),
      ),
      segment_id: segments[row]!,
      neuron_x: Math.floor(neuron / map.height),
      neuron_y: neuron % map.height,
      distance: units.distance[row]!,
    };
  });
  const missing = customerIds.find((id) => !seen.has(id));
  if (missing !== undefined) throw refusal(`customer ${missing} of the model not in dim_customer`);
  return rows;
}

function refusal(found: string): FeiraError {
  return new FeiraError(
    "data",
    `Cannot publish segments: found ${found}, must be one row per customer_unique_id on both sides`,
  );
}
