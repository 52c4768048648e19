import type { LoadColumn, TableLoad } from "feira/warehouse";
import type { PublishedSegments } from "../publish/read_segments.ts";
import type { CustomerScores } from "./score_customers.ts";
import type { Scorer } from "./scorer.ts";

/** Who was in which segment when they were published. */
export type PublishedAssignments = Pick<PublishedSegments, "assignments" | "subassignments">;

const COLUMNS: readonly LoadColumn[] = [
  { name: "customer_unique_id", type: "text", description: "The person who buys" },
  { name: "segment_id", type: "integer", description: "The customer's segment; see dim_segment" },
  {
    name: "subsegment_id",
    type: "integer",
    description: "The customer's sub-segment; null where the segment is not divided",
  },
  { name: "neuron_x", type: "integer", description: "Column of the nearest neuron on the map" },
  { name: "neuron_y", type: "integer", description: "Row of the nearest neuron on the map" },
  {
    name: "distance",
    type: "float",
    description: "Distance to that neuron, in standard deviations",
  },
  {
    name: "margin",
    type: "float",
    description:
      "1 - distance / distance to the nearest neuron of another segment, 0..1: how clear it is",
  },
  {
    name: "subsegment_margin",
    type: "float",
    description: "The same by the centres of the sub-segments; null where there are none",
  },
  {
    name: "is_unlike",
    type: "boolean",
    description: "Whether the distance is beyond that of 99.9% of those the model has seen",
  },
  {
    name: "is_new",
    type: "boolean",
    description: "Whether the customer was not there when the segments were published",
  },
  {
    name: "has_moved",
    type: "boolean",
    description: "Whether the customer was published in another segment or sub-segment",
  },
  { name: "model_id", type: "text", description: "The model that assigned the segment" },
];

/** The table `customer_scores`, as the dbt model of that name makes it. */
export function scoresTable(
  scores: CustomerScores,
  { map, modelId }: Pick<Scorer, "map" | "modelId">,
  { assignments, subassignments }: PublishedAssignments,
): TableLoad {
  const { customerIds, segment, subsegment, neuron, subsegmentMargin, isUnlike } = scores;
  return {
    name: "customer_scores",
    comment: "One row per customer of customer_features: the segment by the published model.",
    columns: COLUMNS,
    from: {
      rows: customerIds.map((id, row) => {
        const isDivided = subsegment[row]! >= 0;
        const before = assignments.get(id);
        const isElsewhere = before !== segment[row] ||
          (subassignments.get(id) ?? -1) !== subsegment[row];
        return {
          customer_unique_id: id,
          segment_id: segment[row]!,
          subsegment_id: isDivided ? subsegment[row]! : null,
          neuron_x: Math.floor(neuron[row]! / map.height),
          neuron_y: neuron[row]! % map.height,
          distance: scores.distance[row]!,
          margin: scores.margin[row]!,
          subsegment_margin: isDivided ? subsegmentMargin[row]! : null,
          is_unlike: isUnlike[row] === 1,
          is_new: before === undefined,
          has_moved: before !== undefined && isElsewhere,
          model_id: modelId,
        };
      }),
    },
  };
}
