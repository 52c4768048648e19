import { type CustomerMatrix, toScaledFeatures } from "feira/features";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import { takeRows } from "../fit/take_rows.ts";
import type { Subdivision } from "../levels/subdivision.ts";
import { segmentMargins } from "./segment_margins.ts";

/** Where every customer belongs, and how clearly; all arrays `[customers]`, the matrix's order. */
export interface CustomerAssignments {
  /** Id of level 1. */
  readonly segment: Int32Array;
  /** Id of level 2; -1 where the segment is not divided. */
  readonly subsegment: Int32Array;
  /** Flat index of the nearest neuron. */
  readonly neuron: Int32Array;
  /** To that neuron, in standard deviations. */
  readonly distance: Float64Array;
  /** See {@linkcode segmentMargins}, 0..1. */
  readonly margin: Float64Array;
  /** The same among the sub-segments of the segment; NaN where it is not divided. */
  readonly subsegmentMargin: Float64Array;
}

/** What customers are assigned by. */
export interface AssignSpec {
  readonly segmentation: Segmentation;
  readonly subdivisions: readonly Subdivision[];
}

/**
 * Gives every customer segment, sub-segment, neuron, distance and margins, by
 * the model that was fitted on these customers. Cost: see {@linkcode segmentMargins}.
 *
 * @param matrix the raw features that the model was fitted on
 * @throws {TypeError} when the matrix has other customers than the model
 */
export async function assignCustomers(
  matrix: CustomerMatrix,
  { segmentation, subdivisions }: AssignSpec,
): Promise<CustomerAssignments> {
  const { customerIds, segments, neuronSegments, units, map, settings, scaler } = segmentation;
  if (
    matrix.rows !== segments.length || matrix.customerIds.some((id, i) => id !== customerIds[i])
  ) {
    throw new TypeError(
      `Cannot assign customers: found a matrix of ${matrix.rows} customers, must be the ${segments.length} of the model in their order`,
    );
  }
  const scaled = toScaledFeatures(matrix, { preset: settings.features, scaler });
  const margin = await segmentMargins(scaled, {
    prototypes: map.weights,
    owners: neuronSegments,
    segments,
  });
  const subsegment = new Int32Array(matrix.rows).fill(-1);
  const subsegmentMargin = new Float64Array(matrix.rows).fill(NaN);
  for (const { rows, labels, ids, features, centroids, k } of subdivisions) {
    const margins = await segmentMargins(toScaledFeatures(takeRows(matrix, rows), features), {
      prototypes: centroids,
      owners: Array.from({ length: k }, (_, label) => label),
      segments: labels,
    });
    rows.forEach((row, i) => {
      subsegment[row] = ids[labels[i]!]!;
      subsegmentMargin[row] = margins[i]!;
    });
  }
  return {
    segment: segments,
    subsegment,
    neuron: units.bmu,
    distance: units.distance,
    margin,
    subsegmentMargin,
  };
}
