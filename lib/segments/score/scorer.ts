import type { FittedFeatures } from "feira/features";
import type { SomMap } from "feira/som";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import type { Subdivision } from "../levels/subdivision.ts";
import { quantile } from "../names/_distribution.ts";

/** All of a model that it takes to assign a customer. */
export interface Scorer {
  readonly modelId: string;
  /** Of level 1. */
  readonly features: FittedFeatures;
  readonly map: SomMap;
  /** `[neurons]`: the segment that each stands for. */
  readonly neuronSegments: Int32Array;
  readonly divisions: readonly Division[];
  /**
   * A customer farther from the nearest neuron is unlike those that the model has
   * seen: 99.9% of these are nearer. In standard deviations.
   */
  readonly unlikeDistance: number;
}

/** How a segment is divided, without the customers that it was fitted on. */
export type Division = Pick<Subdivision, "parent" | "features" | "k" | "centroids" | "ids">;

/** What a {@linkcode Scorer} is made of. */
export interface ScorerParts {
  readonly segmentation:
    & Pick<Segmentation, "modelId" | "map" | "neuronSegments" | "scaler">
    & { readonly settings: Pick<Segmentation["settings"], "features"> };
  readonly subdivisions: readonly Division[];
  /** `[customers]`: of those that the model was fitted on, to their nearest neurons. */
  readonly distances: Float64Array;
}

/** Of the customers that the model was fitted on, so many are nearer than `unlikeDistance`. */
const LIKE_SHARE = 0.999;

/** The part of a model that assigns customers. */
export function toScorer({ segmentation, subdivisions, distances }: ScorerParts): Scorer {
  const { modelId, map, neuronSegments, settings, scaler } = segmentation;
  return {
    modelId,
    features: { preset: settings.features, scaler },
    map,
    neuronSegments,
    divisions: subdivisions.map(({ parent, features, k, centroids, ids }) => {
      return { parent, features, k, centroids, ids };
    }),
    unlikeDistance: quantile(distances.toSorted(), LIKE_SHARE),
  };
}
