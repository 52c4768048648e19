import type { Segmentation } from "./fit_segmentation.ts";
import { matchSegments } from "./match_segments.ts";

/** The same segmentation with the ids that `published` asks for; see {@linkcode matchSegments}. */
export function rematch(
  segmentation: Segmentation,
  published: ReadonlyMap<string, number>,
): Segmentation {
  const { customerIds, segments: labels, k } = segmentation;
  return renumber(segmentation, matchSegments({ customerIds, labels, k, published }));
}

/**
 * The same segmentation with other ids.
 *
 * @param ids `[k]`: the new id of each segment, each of 0..k - 1 once
 */
export function renumber(segmentation: Segmentation, ids: readonly number[]): Segmentation {
  const { segments, neuronSegments, sizes, silhouettes } = segmentation;
  const before = ids.map((_, id) => ids.indexOf(id));
  return {
    ...segmentation,
    segments: segments.map((id) => ids[id]!),
    neuronSegments: neuronSegments.map((id) => ids[id]!),
    sizes: before.map((id) => sizes[id]!),
    silhouettes: before.map((id) => silhouettes[id]!),
  };
}
