import { adjustedRand, kMeans, nearestCentroid } from "feira/cluster";
import type { CustomerMatrix } from "feira/features";
import type { LongRun } from "feira/som";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import { toScaledFeatures } from "feira/features";
import { takeRows } from "./_customers.ts";
import { drawCustomers, toLevelStability } from "./_resamples.ts";
import type { Subdivision } from "./subdivision.ts";

/** A share with the interval that resampling gives it. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** How well one segment comes back when the customers are drawn anew. */
export interface SegmentStability {
  /** The published id, of either level. */
  readonly id: number;
  /**
   * Greatest Jaccard similarity to a segment of each bootstrap's, 0..1, with its
   * 95% percentile interval. Hennig: below 0.5 dissolved, from 0.6 a pattern,
   * from 0.75 stable, from 0.85 highly stable.
   */
  readonly jaccard: Interval;
  /** Whether the segment may be acted on: its mean is at least 0.75. */
  readonly isTrustworthy: boolean;
}

/** How well a level of segments comes back. */
export interface LevelStability {
  readonly segments: readonly SegmentStability[];
  /** Adjusted Rand index of the published segments to those of each bootstrap. */
  readonly bootstrapRand: Interval & { readonly least: number };
  /** The same between fits of all customers from other seeds. */
  readonly seedRand: Interval & { readonly least: number };
}

/** Settings of {@linkcode segmentStability} and {@linkcode subdivisionStability}. */
export interface StabilityOptions extends LongRun {
  /** How often the customers are drawn anew. @default 20 */
  resamples?: number;
  /** How many other seeds. @default 10 */
  seeds?: number;
  /** Of k-means, in every fit. @default 3 */
  restarts?: number;
  /** @default 42 */
  seed?: number;
}

/**
 * How stable the first level is: customers are drawn with putting back, k-means
 * groups the neurons that these are nearest to, and every customer gets its
 * neuron's segment. The map itself stays as it is.
 *
 * @param matrix that the segmentation was fitted on
 */
export async function segmentStability(
  { rows }: Pick<CustomerMatrix, "rows">,
  { map, units, segments, k, settings }: Segmentation,
  options: StabilityOptions = {},
): Promise<LevelStability> {
  const { resamples = 20, seeds = 10, restarts = 3, seed = 42, signal } = options;
  const run = signal === undefined ? {} : { signal };
  const neurons = map.width * map.height;
  const fitOn = async (hits: Uint8Array, seed: number) => {
    const used = [...hits.keys()].filter((neuron) => settings.neurons === "all" || hits[neuron]);
    const data = new Float64Array(used.length * map.features);
    used.forEach((neuron, at) => {
      data.set(
        map.weights.subarray(neuron * map.features, (neuron + 1) * map.features),
        at * map.features,
      );
    });
    const codebook = { data, rows: used.length, cols: map.features };
    const fit = await kMeans(codebook, { k, restarts, seed, ...run });
    const { labels } = await nearestCentroid(fit, {
      data: map.weights,
      rows: neurons,
      cols: map.features,
    });
    return units.bmu.map((neuron) => labels[neuron]!);
  };
  const bootstraps = [];
  for (let at = 1; at <= resamples; at++) {
    const drawn = drawCustomers(rows, seed + at);
    const hits = new Uint8Array(neurons);
    for (const row of drawn) hits[units.bmu[row]!] = 1;
    bootstraps.push({ drawn, labels: await fitOn(hits, seed + at) });
  }
  const everyone = new Uint8Array(neurons);
  for (const neuron of units.bmu) everyone[neuron] = 1;
  const rands = [];
  for (let at = 1; at <= seeds; at++) {
    rands.push(adjustedRand(segments, await fitOn(everyone, seed + at)));
  }
  const ids = Array.from({ length: k }, (_, id) => id);
  return toLevelStability({ ids, labels: segments, bootstraps, seedRands: rands });
}

/**
 * How stable a second level is: customers of the parent are drawn with putting
 * back and k-means groups them again.
 *
 * @param matrix that the segmentation was fitted on
 */
export async function subdivisionStability(
  matrix: CustomerMatrix,
  { rows, labels, features, k, ids }: Subdivision,
  options: StabilityOptions = {},
): Promise<LevelStability> {
  const { resamples = 20, seeds = 10, restarts = 3, seed = 42, signal } = options;
  const run = signal === undefined ? {} : { signal };
  const scaled = toScaledFeatures(takeRows(matrix, rows), features);
  const bootstraps = [];
  for (let at = 1; at <= resamples; at++) {
    const drawn = drawCustomers(scaled.rows, seed + at);
    const fit = await kMeans(takeRows(scaled, drawn), { k, restarts, seed: seed + at, ...run });
    bootstraps.push({ drawn, labels: (await nearestCentroid(fit, scaled, run)).labels });
  }
  const rands = [];
  for (let at = 1; at <= seeds; at++) {
    const fit = await kMeans(scaled, { k, restarts, seed: seed + at, ...run });
    rands.push(adjustedRand(labels, fit.labels));
  }
  return toLevelStability({ ids, labels, bootstraps, seedRands: rands });
}
