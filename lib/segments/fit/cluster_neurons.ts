import { kMeans, type Matrix, nearestCentroid } from "feira/cluster";
import type { LongRun, SomMap } from "feira/som";
import type { SegmentationSettings } from "./settings.ts";
import { takeValues } from "./take_rows.ts";

/** The neurons that k-means groups: all, or those that customers are nearest to. */
export function neuronsToCluster(
  { weights, features }: SomMap,
  hits: ArrayLike<number>,
  { neurons }: Pick<SegmentationSettings, "neurons">,
): Matrix {
  const used = Array.from(hits, (_, neuron) => neuron)
    .filter((neuron) => neurons === "all" || hits[neuron]! > 0);
  return takeValues({ data: weights, rows: hits.length, cols: features }, used);
}

/**
 * K-means over a map's neurons; neurons left out of it get the label of the
 * nearest centroid.
 *
 * @param hits `[neurons]`: customers nearest to each
 * @returns `[neurons]`: 0..k - 1
 */
export async function clusterNeurons(
  map: SomMap,
  hits: ArrayLike<number>,
  { k, neurons, restarts, seed, signal }:
    & Pick<SegmentationSettings, "k" | "neurons" | "restarts" | "seed">
    & Pick<LongRun, "signal">,
): Promise<Int32Array> {
  const codebook = neuronsToCluster(map, hits, { neurons });
  const run = signal === undefined ? {} : { signal };
  const fit = await kMeans(codebook, { k, restarts, seed, ...run });
  const { labels } = await nearestCentroid(fit, {
    data: map.weights,
    rows: hits.length,
    cols: map.features,
  }, run);
  return labels;
}
