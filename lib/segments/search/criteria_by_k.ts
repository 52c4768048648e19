import {
  daviesBouldin,
  estimateSilhouette,
  findKnee,
  type GapStatistic,
  gapStatistic,
  kMeans,
  type KMeansResult,
  nearestCentroid,
  type SilhouetteEstimate,
} from "feira/cluster";
import { type CustomerMatrix, fitFeatures, toScaledFeatures } from "feira/features";
import type { LongRun } from "feira/som";
import { neuronsToCluster } from "../fit/cluster_neurons.ts";
import { countLabels } from "../fit/count_labels.ts";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import { ELBOW } from "../fit/settings.ts";
import { GATE, type Limit } from "../gate/gate.ts";
import { judge, type Verdict } from "../gate/judge.ts";
import { segmentStability } from "../levels/segment_stability.ts";

/** What one number of segments comes to, on the same map. */
export interface KPoint {
  readonly k: number;
  /** Of k-means on the neurons. */
  readonly inertia: number;
  /** Over customers; exact up to 20,000 of them, else with its interval. */
  readonly silhouette: Pick<SilhouetteEstimate, "mean" | "low" | "high">;
  /** Davies-Bouldin index over customers. */
  readonly dbi: number;
  /** Mean adjusted Rand index of the segments to those of bootstraps of the customers, the map kept. */
  readonly stability: number;
  /** Customers of the smallest segment. */
  readonly smallest: number;
  /** Absent where the gate does not apply: see {@linkcode LeaderboardRow}. */
  readonly verdict?: Verdict;
}

/** All that speaks for one number of segments or another. */
export interface CriteriaByK {
  /** k = 2, 3, …, 10, or as many as there are neurons. */
  readonly points: readonly KPoint[];
  /** Where inertia bends; absent where it does not. */
  readonly knee?: number;
  /** Of the neurons, from k = 1. */
  readonly gap: GapStatistic;
}

/** Settings of {@linkcode criteriaByK}. */
export interface CriteriaOptions extends Pick<LongRun, "signal"> {
  /** @default GATE */
  gate?: readonly Limit[];
  /** Matrices without clusters for the gap statistic. @default 10 */
  references?: number;
}

/** Customers up to which the silhouette of every k is exact, and how many are drawn of more. */
const [EXACT, DRAWN] = [20_000, 5_000];

/** The map is kept, for all numbers of segments are looked for on it. */
const STABILITY = { resamples: 10, seeds: 0, maps: "kept" } as const;
/** Of k-means in each of these. */
const RESTARTS = 2;

/**
 * Measures every number of segments that the elbow is drawn over, on the map as
 * it is: inertia and gap statistic of the neurons, silhouette, Davies-Bouldin
 * index and stability of the customers, and what the gate says.
 *
 * @param matrix that the segmentation was fitted on
 * @throws {RangeError} when fewer than four neurons are grouped
 */
export async function criteriaByK(
  matrix: CustomerMatrix,
  segmentation: Segmentation,
  { gate = GATE, references = 10, signal }: CriteriaOptions = {},
): Promise<CriteriaByK> {
  const { map, hits, settings } = segmentation;
  const { features, restarts, seed } = settings;
  const run = signal === undefined ? {} : { signal };
  const scaled = toScaledFeatures(matrix, fitFeatures(matrix, features));
  const codebook = neuronsToCluster(map, hits, settings);
  const to = Math.min(ELBOW.to, codebook.rows - 1);
  const points: KPoint[] = [];
  for (let k = ELBOW.from; k <= to; k++) {
    const fit = await kMeans(codebook, { k, restarts, seed, ...run });
    const segments = await segmentsOf(segmentation, fit, run);
    const measured = await measure({ matrix, scaled, segmentation, segments, k, gate, ...run });
    points.push({ k, inertia: fit.inertia, ...measured });
  }
  const knee = findKnee(points.map(({ k }) => k), points.map(({ inertia }) => inertia), {
    curve: "convex",
    direction: "decreasing",
  });
  const gap = await gapStatistic(codebook, { to, references, restarts: 1, seed, ...run });
  return { points, ...(knee === undefined ? {} : { knee: knee.x }), gap };
}

/** `[customers]`: the segment of each, by the cluster of its neuron. */
async function segmentsOf(
  { map: { weights, features }, hits, units }: Segmentation,
  fit: KMeansResult,
  run: Pick<LongRun, "signal">,
): Promise<Int32Array> {
  const neurons = { data: weights, rows: hits.length, cols: features };
  const { labels } = await nearestCentroid(fit, neurons, run);
  return units.bmu.map((neuron) => labels[neuron]!);
}

/** What {@linkcode measure} measures. */
interface ToMeasure extends Pick<LongRun, "signal"> {
  readonly matrix: CustomerMatrix;
  readonly scaled: CustomerMatrix;
  readonly segmentation: Segmentation;
  readonly segments: Int32Array;
  readonly k: number;
  readonly gate: readonly Limit[];
}

async function measure(
  { matrix, scaled, segmentation, segments, k, gate, ...run }: ToMeasure,
): Promise<Omit<KPoint, "k" | "inertia">> {
  const { mean, low, high } = await estimateSilhouette(scaled, segments, {
    limit: EXACT,
    sampleSize: DRAWN,
    ...run,
  });
  const settings = { ...segmentation.settings, k, restarts: RESTARTS };
  const other = { ...segmentation, segments, k, settings };
  const { bootstrapRand } = await segmentStability(matrix, other, { ...STABILITY, ...run });
  const found = {
    dbi: daviesBouldin(scaled, segments),
    stability: bootstrapRand.mean,
    smallest: Math.min(...countLabels({ k, labels: segments })),
  };
  const { qe, te } = segmentation.metrics;
  const isJudged = segmentation.settings.features === "guide";
  return {
    silhouette: { mean, low, high },
    ...found,
    ...(isJudged && { verdict: judge({ ...found, qe, te, silhouette: mean }, gate) }),
  };
}
