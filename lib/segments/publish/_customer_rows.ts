import type { LoadColumn } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import type { CustomerAssignments } from "./assign_customers.ts";
import { toLoadValue } from "./to_load_value.ts";

/** What {@linkcode toCustomerRows} joins. */
export interface CustomerRowsSpec {
  /** Of `dim_customer`. */
  readonly columns: readonly LoadColumn[];
  readonly segmentation: Segmentation;
  readonly assignments: CustomerAssignments;
}

/**
 * Joins the rows of `dim_customer` to their segments; each exactly once on both
 * sides.
 *
 * @throws {FeiraError} `data` when a customer repeats or is on one side only
 */
export function toCustomerRows(
  customers: readonly Record<string, unknown>[],
  { columns, segmentation: { customerIds, map }, assignments }: CustomerRowsSpec,
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
    const isDivided = assignments.subsegment[row]! >= 0;
    return {
      ...Object.fromEntries(
        columns.map(({ name, type }) => [name, toLoadValue(customer[name], type)]),
      ),
      segment_id: assignments.segment[row]!,
      subsegment_id: isDivided ? assignments.subsegment[row]! : null,
      neuron_x: Math.floor(assignments.neuron[row]! / map.height),
      neuron_y: assignments.neuron[row]! % map.height,
      distance: assignments.distance[row]!,
      margin: assignments.margin[row]!,
      subsegment_margin: isDivided ? assignments.subsegmentMargin[row]! : null,
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
