import type { LoadColumn } from "feira/warehouse";

const MODEL_ID: LoadColumn = {
  name: "model_id",
  type: "text",
  description: "The model that made it",
};

const SEGMENTED_AT: LoadColumn = {
  name: "segmented_at",
  type: "timestamp",
  description: "When it was published, in Brazil time",
};

/** What a segment of either level is, in `dim_segment` and in its history. */
const SEGMENT: readonly LoadColumn[] = [
  {
    name: "segment_id",
    type: "integer",
    description: "Key of the segment, stable across runs; no two of either level share one",
  },
  { name: "level", type: "integer", description: "1, or 2 for a part of a segment of level 1" },
  {
    name: "parent_segment_id",
    type: "integer",
    description: "The segment of level 1 that it is a part of; null on level 1",
  },
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
  {
    name: "stability",
    type: "float",
    description: "Mean Jaccard similarity to the segments of resampled customers, 0..1",
  },
  {
    name: "is_trustworthy",
    type: "boolean",
    description: "Whether the segment survives resampling; do not act on one that does not",
  },
  MODEL_ID,
  {
    name: "was_forced",
    type: "boolean",
    description: "Whether the model was published although the gate had rejected it",
  },
];

/** Of `dim_segment`. */
export const SEGMENT_COLUMNS: readonly LoadColumn[] = [...SEGMENT, SEGMENTED_AT];

/** Of `dim_segment_history`. */
export const VERSION_COLUMNS: readonly LoadColumn[] = [
  ...SEGMENT,
  {
    name: "profile",
    type: "text",
    description: "JSON: mean of each feature over the segment's customers, in the feature's unit",
  },
  {
    name: "valid_from",
    type: "timestamp",
    description: "From when on it was the published version, in Brazil time",
  },
  {
    name: "valid_to",
    type: "timestamp",
    description: "Until just before when, in Brazil time; null while it is published",
  },
];

/** What `dim_customer_segmented` has beyond the columns of `dim_customer`. */
export const ASSIGNMENT_COLUMNS: readonly LoadColumn[] = [
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
    description: "Distance to that neuron, in standard deviations: how unlike it the customer is",
  },
  {
    name: "margin",
    type: "float",
    description:
      "How clearly the customer belongs to the segment: 1 - distance to its nearest neuron / distance to the nearest of another segment, 0..1",
  },
  {
    name: "subsegment_margin",
    type: "float",
    description: "The same by the centres of the sub-segments; null where there are none",
  },
  { ...MODEL_ID, description: "The model that assigned the segment" },
  SEGMENTED_AT,
];

/** Of `segment_baseline`. */
export const BASELINE_COLUMNS: readonly LoadColumn[] = [
  { name: "feature", type: "text", description: "A column of customer_features" },
  { name: "bin", type: "integer", description: "Number of the bin, from 0, ascending" },
  {
    name: "above",
    type: "float",
    description: "The bin holds values above this; null where it has no lower edge",
  },
  {
    name: "up_to",
    type: "float",
    description: "The bin holds values up to this; null where it has no upper edge",
  },
  { name: "customers", type: "integer", description: "Customers of the publication in the bin" },
  MODEL_ID,
  SEGMENTED_AT,
];
