import { adjustedRand, bestJaccards } from "feira/cluster";
import { type CustomerMatrix, toScaledFeatures } from "feira/features";
import { bestMatchingUnits, type SomMap } from "feira/som";
import { clusterNeurons } from "../fit/cluster_neurons.ts";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import { trainMap } from "../fit/train_map.ts";
import { takeRows } from "../fit/take_rows.ts";
import { drawRows, toLevelStability } from "./_resamples.ts";
import { drawsAtRandom, retrainMap } from "./_retrain_map.ts";

/** A share with the interval that resampling gives it. */
export interface Interval {
  readonly mean: number;
  /** Of the 95% percentile interval. */
  readonly low: number;
  readonly high: number;
}

/** Adjusted Rand indices, at most 1: 1 for equal clusterings, 0 for what chance gives. */
export interface RandInterval extends Interval {
  readonly least: number;
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
  /** Adjusted Rand index of the segments to those of each bootstrap. */
  readonly bootstrapRand: RandInterval;
  /** The same to fits of all customers from other seeds; NaN where none was asked for. */
  readonly seedRand: RandInterval;
}

/** How stability is measured. */
export interface StabilityOptions {
  /** How often the customers are drawn anew. @default 20 */
  resamples?: number;
  /** How many other seeds. @default 3 */
  seeds?: number;
  /** @default 42 */
  seed?: number;
  signal?: AbortSignal;
}

/** How {@linkcode segmentStability} measures. */
export interface SegmentStabilityOptions extends StabilityOptions {
  /**
   * `retrained` trains the map on with every draw; `kept` only groups the neurons
   * that the drawn customers are nearest to, which is quick and leaves out what
   * the map owes to these customers.
   *
   * @default "retrained"
   */
  maps?: "retrained" | "kept";
}

/**
 * How stable the first level is. Customers are drawn with putting back; the map
 * is opened up and trained on with the drawn ones alone (see
 * {@linkcode retrainMap}), k-means groups its neurons from another seed, and every
 * customer gets the segment of the nearest neuron and is compared with the one it
 * has. Besides, all customers are fitted from other seeds: where training draws
 * nothing at random, the map is the same then, else it is trained from its start.
 *
 * It leaves out what is not drawn anew: the features' scale, the settings, and
 * the plane that the map unfolded from. A bootstrap weighs the customers there
 * are; whether others would give other segments it cannot say.
 *
 * Time of resamples short trainings. Deterministic for a seed.
 *
 * @param matrix that the segmentation was fitted on, raw
 * @returns ids are the segmentation's
 *
 * Source: C. Hennig (2007), doi:10.1016/j.csda.2006.11.025.
 */
export async function segmentStability(
  matrix: CustomerMatrix,
  segmentation: Segmentation,
  options: SegmentStabilityOptions = {},
): Promise<LevelStability> {
  const { resamples = 20, seeds = 3, seed = 42, maps = "retrained", signal } = options;
  const { segments, k, settings, map, units } = segmentation;
  const run = signal === undefined ? {} : { signal };
  const preset = { preset: settings.features, scaler: segmentation.scaler };
  const scaled = toScaledFeatures(matrix, preset);
  const searched = async (map: SomMap) => ({ map, ...await bestMatchingUnits(map, scaled, run) });
  const kept = { map, bmu: units.bmu };

  const jaccards: number[][] = [];
  const bootstrapRands: number[] = [];
  for (let at = 1; at <= resamples; at++) {
    const from = { ...settings, seed: settings.seed + at };
    const drawn = drawRows(matrix.rows, seed + at);
    const codebook = maps === "kept"
      ? kept
      : await searched(await retrainMap(map, takeRows(scaled, drawn), { ...from, ...run }));
    const found = await segmentsBy(codebook, { ...from, ...run, drawn });
    jaccards.push(bestJaccards(segments, found, drawn));
    bootstrapRands.push(adjustedRand(segments, found));
  }

  const everyone = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  const isSame = maps === "kept" || !drawsAtRandom(settings.training);
  const seedRands: number[] = [];
  for (let at = 1; at <= seeds; at++) {
    const from = { ...settings, seed: settings.seed + at };
    const training = { ...settings.training, seed: settings.training.seed + at };
    const codebook = isSame ? kept : await searched(await trainMap(scaled, training, run));
    const found = await segmentsBy(codebook, { ...from, ...run, drawn: everyone });
    seedRands.push(adjustedRand(segments, found));
  }
  const ids = Array.from({ length: k }, (_, id) => id);
  return toLevelStability({ ids, jaccards, bootstrapRands, seedRands });
}

/** `[rows]`: the segment of every customer, by a map whose neurons the drawn ones decide on. */
async function segmentsBy(
  { map, bmu }: { readonly map: SomMap; readonly bmu: Int32Array },
  { drawn, ...settings }:
    & Parameters<typeof clusterNeurons>[2]
    & { readonly drawn: Int32Array },
): Promise<Int32Array> {
  const hits = new Uint8Array(map.width * map.height);
  for (const row of drawn) hits[bmu[row]!] = 1;
  const labels = await clusterNeurons(map, hits, settings);
  return bmu.map((neuron) => labels[neuron]!);
}
