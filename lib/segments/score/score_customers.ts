import { nearestCentroid } from "feira/cluster";
import { type CustomerMatrix, toScaledFeatures } from "feira/features";
import { bestMatchingUnits } from "feira/som";
import { takeRows } from "../fit/take_rows.ts";
import type { CustomerAssignments } from "../publish/assign_customers.ts";
import { segmentMargins } from "../publish/segment_margins.ts";
import type { Scorer } from "./scorer.ts";

/** Where customers belong by a saved model. */
export interface CustomerScores extends CustomerAssignments {
  /** Whose scores, in the matrix's order. */
  readonly customerIds: readonly string[];
  /** `[customers]`: 1 for one farther from all neurons than 99.9% of those the model has seen. */
  readonly isUnlike: Uint8Array;
}

/**
 * Assigns customers by a model that was fitted before, on these or on others:
 * the nearest neuron gives the segment, among equally near ones the lowest; where
 * the segment is divided, the nearest centre gives the sub-segment. For the
 * customers that the model was fitted on these are the published ids.
 *
 * O(customers · neurons · features).
 *
 * @param matrix the raw twelve, not scaled; may have no rows
 * @throws {TypeError} when the matrix has not the features that the model takes
 * @throws {RangeError} when a feature is not finite
 */
export async function scoreCustomers(
  matrix: CustomerMatrix,
  scorer: Scorer,
): Promise<CustomerScores> {
  const { rows, customerIds } = matrix;
  const subsegment = new Int32Array(rows).fill(-1);
  const subsegmentMargin = new Float64Array(rows).fill(NaN);
  if (rows === 0) return { ...nobody(), customerIds, subsegment, subsegmentMargin };
  const scaled = toScaledFeatures(matrix, scorer.features);
  const { bmu, distance } = await bestMatchingUnits(scorer.map, scaled);
  const segment = bmu.map((neuron) => scorer.neuronSegments[neuron]!);
  const margin = await segmentMargins(scaled, {
    prototypes: scorer.map.weights,
    owners: scorer.neuronSegments,
    segments: segment,
  });
  for (const { parent, features, k, centroids, ids } of scorer.divisions) {
    const own = segment.keys().filter((row) => segment[row] === parent).toArray();
    if (own.length === 0) continue;
    const customers = toScaledFeatures(takeRows(matrix, own), features);
    const { labels } = await nearestCentroid({ k, centroids }, customers);
    const margins = await segmentMargins(customers, {
      prototypes: centroids,
      owners: Int32Array.from({ length: k }, (_, label) => label),
      segments: labels,
    });
    own.forEach((row, at) => {
      subsegment[row] = ids[labels[at]!]!;
      subsegmentMargin[row] = margins[at]!;
    });
  }
  return {
    customerIds,
    segment,
    subsegment,
    neuron: bmu,
    distance,
    margin,
    subsegmentMargin,
    isUnlike: Uint8Array.from(distance, (to) => to > scorer.unlikeDistance ? 1 : 0),
  };
}

function nobody() {
  return {
    segment: new Int32Array(0),
    neuron: new Int32Array(0),
    distance: new Float64Array(0),
    margin: new Float64Array(0),
    isUnlike: new Uint8Array(0),
  };
}
