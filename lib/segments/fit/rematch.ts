import type { Segmentation } from "./fit_segmentation.ts";
import { matchSegments } from "./match_segments.ts";

/** The same segmentation with the ids that `published` asks for; see {@linkcode matchSegments}. */
export function rematch(
  segmentation: Segmentation,
  published: ReadonlyMap<string, number> | undefined,
): Segmentation {
  const { customerIds, segments, neuronSegments, sizes, silhouettes, k } = segmentation;
  const ids = matchSegments({ customerIds, labels: segments, k, published });
  const before = ids.map((_, id) => ids.indexOf(id));
  return {
    ...segmentation,
    segments: segments.map((id) => ids[id]!),
    neuronSegments: neuronSegments.map((id) => ids[id]!),
    sizes: before.map((id) => sizes[id]!),
    silhouettes: before.map((id) => silhouettes[id]!),
  };
}
