import { adjustedRand, kMeans, stabilityOfFit } from "feira/cluster";
import { type CustomerMatrix, toScaledFeatures } from "feira/features";
import { takeRows } from "../fit/take_rows.ts";
import { toLevelStability } from "./_resamples.ts";
import type { LevelStability, StabilityOptions } from "./segment_stability.ts";
import type { Subdivision } from "./subdivision.ts";

/** Of k-means on a draw, besides the start from the fit; of k-means from another seed. */
const RESTARTS = { draw: 3, seed: 10 } as const;

/**
 * How stable a second level is: customers of the parent are drawn with putting
 * back, k-means groups them again, and every customer gets the nearest centroid
 * and is compared with the one it has. The same is done with all of them and
 * other seeds. The parent and the features' scale stay as they are.
 *
 * Time of resamples + seeds fits. Deterministic for a seed.
 *
 * @param matrix that the segmentation was fitted on, raw
 * @returns ids are the subdivision's published ones
 *
 * Source: C. Hennig (2007), doi:10.1016/j.csda.2006.11.025.
 */
export async function subdivisionStability(
  matrix: CustomerMatrix,
  { rows, labels, features, k, centroids, ids }: Subdivision,
  { resamples = 20, seeds = 3, seed = 42, signal }: StabilityOptions = {},
): Promise<LevelStability> {
  const run = signal === undefined ? {} : { signal };
  const scaled = toScaledFeatures(takeRows(matrix, rows), features);
  const fit = { k, centroids, labels };
  const { jaccards, adjustedRand: bootstrapRands } = await stabilityOfFit(scaled, fit, {
    resamples,
    seed,
    startFromFit: true,
    restarts: RESTARTS.draw,
    ...run,
  });
  const seedRands: number[] = [];
  for (let at = 1; at <= seeds; at++) {
    const other = await kMeans(scaled, { k, restarts: RESTARTS.seed, seed: seed + at, ...run });
    seedRands.push(adjustedRand(labels, other.labels));
  }
  return toLevelStability({ ids, jaccards, bootstrapRands, seedRands });
}
