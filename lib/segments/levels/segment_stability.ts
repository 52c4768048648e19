import { adjustedRand } from "feira/cluster";
import { type CustomerMatrix, fitFeatures, toScaledFeatures } from "feira/features";
import { bestMatchingUnits } from "feira/som";
import { clusterNeurons } from "../fit/cluster_neurons.ts";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import type { SegmentationSettings, Training } from "../fit/settings.ts";
import { trainMap } from "../fit/train_map.ts";
import { takeRows } from "./_customers.ts";
import { compareDraw, drawRows, toLevelStability } from "./_resamples.ts";

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
  /** The same to fits of all customers from other seeds. */
  readonly seedRand: RandInterval;
}

/** How stability is measured. */
export interface StabilityOptions {
  /** How often the customers are drawn anew. @default 20 */
  resamples?: number;
  /** How many other seeds. @default 5 */
  seeds?: number;
  /** @default 42 */
  seed?: number;
  signal?: AbortSignal;
}

/** How {@linkcode segmentStability} measures. */
export interface SegmentStabilityOptions extends StabilityOptions {
  /**
   * `anew` trains a map on every draw; `kept` only groups the neurons that the
   * drawn customers are nearest to, which is quick and leaves out what the map
   * owes to these customers.
   *
   * @default "anew"
   */
  maps?: "anew" | "kept";
}

/**
 * How stable the first level is. Customers are drawn with putting back; features
 * are scaled, a map is trained and its neurons are grouped on the drawn ones
 * alone, as the settings say but from another seed; then every customer gets the
 * segment of its nearest neuron, and is compared with the one it has. The same is
 * done with all customers and other seeds; where training draws nothing at
 * random, the map is kept then.
 *
 * A large map is trained for a shorter time than the published one, see
 * {@linkcode LEAST_EPOCHS}, so the figures err to the low side. A bootstrap weighs
 * the customers there are: whether others would give other segments it cannot say.
 *
 * Time of resamples such trainings. Deterministic for a seed.
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
  const { resamples = 20, seeds = 5, seed = 42, maps = "anew", signal } = options;
  const { segments, k, settings } = segmentation;
  const everyone = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  const segmentsBy = (drawn: Int32Array, at: number, { isAnew }: { isAnew: boolean }) => {
    const from = { ...settings, seed: settings.seed + at };
    return isAnew
      ? segmentsByNewMap(matrix, { drawn, settings: from, signal })
      : segmentsByMap(segmentation, { drawn, settings: from, signal });
  };
  const jaccards: number[][] = [];
  const bootstrapRands: number[] = [];
  for (let at = 1; at <= resamples; at++) {
    const drawn = drawRows(matrix.rows, seed + at);
    const found = await segmentsBy(drawn, at, { isAnew: maps === "anew" });
    const comparison = compareDraw(segments, { drawn, found });
    jaccards.push(comparison.jaccards);
    bootstrapRands.push(comparison.rand);
  }
  const seedRands: number[] = [];
  const isAnew = maps === "anew" && drawsAtRandom(settings.training);
  for (let at = 1; at <= seeds; at++) {
    seedRands.push(adjustedRand(segments, await segmentsBy(everyone, at, { isAnew })));
  }
  const ids = Array.from({ length: k }, (_, id) => id);
  return toLevelStability({ ids, jaccards, bootstrapRands, seedRands });
}

interface Draw {
  /** Rows, with repeats. */
  readonly drawn: Int32Array;
  readonly settings: SegmentationSettings;
  readonly signal: AbortSignal | undefined;
}

/** `[rows]`: the segment of every customer, by neurons that the drawn ones are nearest to. */
async function segmentsByMap(
  { map, units }: Pick<Segmentation, "map"> & { readonly units: { readonly bmu: Int32Array } },
  { drawn, settings, signal }: Draw,
): Promise<Int32Array> {
  const hits = new Uint8Array(map.width * map.height);
  for (const row of drawn) hits[units.bmu[row]!] = 1;
  const run = signal === undefined ? {} : { signal };
  const labels = await clusterNeurons(map, hits, { ...settings, ...run });
  return units.bmu.map((neuron) => labels[neuron]!);
}

/** The same by a map that is trained on the drawn ones. */
async function segmentsByNewMap(matrix: CustomerMatrix, draw: Draw): Promise<Int32Array> {
  const { drawn, settings, signal } = draw;
  const run = signal === undefined ? {} : { signal };
  const customers = takeRows(matrix, drawn);
  const features = fitFeatures(customers, settings.features);
  const scaled = toScaledFeatures(customers, features);
  const map = await trainMap(scaled, shorten(settings, matrix.rows), run);
  const units = await bestMatchingUnits(map, toScaledFeatures(matrix, features), run);
  return await segmentsByMap({ map, units }, draw);
}

/** No map is trained for fewer epochs, nor online on fewer customers shown. */
export const LEAST_EPOCHS = 20;
const MOST_SHOWN = 100_000;

/** Distances from customers to neurons that training a map may take: about half a second. */
const MOST_DISTANCES = 5e8;

function shorten({ training, seed }: SegmentationSettings, rows: number): Training {
  if (training.kind === "online") {
    return { ...training, seed, iterations: Math.min(training.iterations, MOST_SHOWN) };
  }
  const affordable = Math.floor(MOST_DISTANCES / (rows * training.width * training.height));
  const epochs = Math.min(training.epochs, Math.max(LEAST_EPOCHS, affordable));
  return { ...training, seed, epochs };
}

/** A batch map from the principal plane is the same for every seed. */
function drawsAtRandom({ kind, init }: Training): boolean {
  return kind === "online" || !init.startsWith("pca");
}
