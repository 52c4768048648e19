import type { LoadColumn, TableLoad } from "feira/warehouse";
import type { Scorer } from "./scorer.ts";

const LEVEL: readonly LoadColumn[] = [
  { name: "level", type: "integer", description: "1, or 2 for the parts of a segment" },
  {
    name: "parent_segment_id",
    type: "integer",
    description: "The segment that is divided; null on level 1",
  },
];

const POSITION: LoadColumn = {
  name: "position",
  type: "integer",
  description: "Place of the feature in the model's vectors, from 0",
};

const MODEL: readonly LoadColumn[] = [
  { name: "model_id", type: "text", description: "The model" },
  { name: "map_width", type: "integer", description: "Columns of its map" },
  { name: "map_height", type: "integer", description: "Rows of its map" },
  {
    name: "unlike_distance",
    type: "float",
    description: "Whoever is farther from all neurons is unlike the customers the model has seen",
  },
];

const SCALER: readonly LoadColumn[] = [
  ...LEVEL,
  POSITION,
  { name: "feature", type: "text", description: "What is scaled; see docs/segments.md" },
  { name: "mean", type: "float", description: "Taken off" },
  { name: "deviation", type: "float", description: "Then divided by" },
];

const PROTOTYPES: readonly LoadColumn[] = [
  ...LEVEL,
  {
    name: "prototype",
    type: "integer",
    description: "Number of the neuron (level 1) or of the centre (level 2), from 0",
  },
  { name: "segment_id", type: "integer", description: "The segment that it stands for" },
  POSITION,
  { name: "weight", type: "float", description: "Its scaled feature" },
];

/**
 * A model as three small tables, by which SQL assigns customers just as
 * `scoreCustomers` does: `segment_model`, `segment_scaler`, `segment_prototypes`.
 * The dbt model customer_scores reads them.
 */
export function scorerTables(scorer: Scorer): TableLoad[] {
  const { modelId, map, neuronSegments, features, divisions, unlikeDistance } = scorer;
  const spaces = [
    { level: 1, parent: null, features, prototypes: map.weights, owners: neuronSegments },
    ...divisions.map(({ parent, features, centroids, ids }) => {
      return { level: 2, parent, features, prototypes: centroids, owners: ids };
    }),
  ];
  return [
    {
      name: "segment_model",
      comment: "One row: the model that the published segments are of.",
      columns: MODEL,
      from: {
        rows: [{
          model_id: modelId,
          map_width: map.width,
          map_height: map.height,
          unlike_distance: unlikeDistance,
        }],
      },
    },
    {
      name: "segment_scaler",
      comment: "One row per level, divided segment and feature: how the model scales it.",
      columns: SCALER,
      from: {
        rows: spaces.flatMap(({ level, parent, features: { scaler } }) =>
          scaler.featureNames.map((feature, position) => ({
            level,
            parent_segment_id: parent,
            position,
            feature,
            mean: scaler.mean[position]!,
            deviation: scaler.scale[position]!,
          }))
        ),
      },
    },
    {
      name: "segment_prototypes",
      comment: "One row per level, divided segment, prototype and feature of the model.",
      columns: PROTOTYPES,
      from: {
        rows: spaces.flatMap(({ level, parent, features: { scaler }, prototypes, owners }) =>
          Array.from(prototypes, (weight, at) => {
            const prototype = Math.floor(at / scaler.featureNames.length);
            return {
              level,
              parent_segment_id: parent,
              prototype,
              segment_id: owners[prototype]!,
              position: at % scaler.featureNames.length,
              weight,
            };
          })
        ),
      },
    },
  ];
}
