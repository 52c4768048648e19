import { componentPlane, uMatrix } from "feira/som";
import type { Segmentation } from "./fit_segmentation.ts";

/** A segmentation's map as figures show it; neuron (x, y) at index x · height + y. */
export interface InterpretedMap {
  readonly width: number;
  readonly height: number;
  /** `[neurons]`: distance to the neighbours, as a share of the largest. */
  readonly uMatrix: Float64Array;
  /** `[neurons]`: customers nearest to it. */
  readonly hits: Float64Array;
  /** `[neurons]`: segment id. */
  readonly neuronSegments: Int32Array;
  /** `[features][neurons]`, in each feature's own unit. */
  readonly planes: readonly Float64Array[];
}

/**
 * Takes apart a segmentation's map: distances between neighbours, customers,
 * segments, and the plane of every feature, unscaled.
 */
export function interpretMap(segmentation: Segmentation): InterpretedMap {
  const { map, hits, neuronSegments, scaler, featureNames } = segmentation;
  return {
    width: map.width,
    height: map.height,
    uMatrix: uMatrix(map),
    hits,
    neuronSegments,
    planes: featureNames.map((_, feature) =>
      componentPlane(map, feature)
        .map((value) => value * scaler.scale[feature]! + scaler.mean[feature]!)
    ),
  };
}
