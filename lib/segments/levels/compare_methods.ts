import {
  adjustedRand,
  daviesBouldin,
  estimateSilhouette,
  gaussianMixture,
  kMeans,
  type Matrix,
  wardClusters,
} from "feira/cluster";
import { type CustomerMatrix, toScaledFeatures } from "feira/features";
import { neuronsToCluster } from "../fit/cluster_neurons.ts";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import { takeRows } from "../fit/take_rows.ts";
import { drawRows } from "./_resamples.ts";

/** One way of finding as many segments as the segmentation has. */
export interface MethodRow {
  readonly method: "k-means" | "Gaussian mixture" | "Ward";
  /** What it groups: the customers themselves, or the map's neurons. */
  readonly of: "customers" | "neurons";
  /** Whether it is the segmentation itself. */
  readonly isOurs: boolean;
  /** Customers of each segment, the largest first. */
  readonly sizes: readonly number[];
  /** Over customers in scaled feature space, beyond 20,000 estimated but for ours; NaN for a single segment. */
  readonly silhouette: number;
  /** Over the same; NaN for a single segment. */
  readonly dbi: number;
  /** Adjusted Rand index to the segmentation. */
  readonly randToOurs: number;
  /** Mean adjusted Rand index to what it finds in bootstraps, over the drawn customers. */
  readonly stability: number;
}

/** Settings of {@linkcode compareMethods}. */
export interface CompareMethodsOptions {
  /** Bootstraps. @default 10 */
  resamples?: number;
  /** @default 42 */
  seed?: number;
  signal?: AbortSignal;
}

/** Customers for whom the silhouette is exact. */
const EXACT_UP_TO = 20_000;

interface Method extends Pick<MethodRow, "method" | "of"> {
  /** `[rows]`: a group of each row. */
  group(matrix: Matrix, seed: number): Promise<Int32Array>;
}

/**
 * What the map adds: its segments beside those of plain k-means on the customers,
 * and of a Gaussian mixture and Ward's hierarchical clustering on its neurons,
 * all with the same number of segments on the same scaled features.
 *
 * For stability, customers are drawn with putting back, and what groups neurons
 * takes those that the drawn ones are nearest to; the map stays as it is, so
 * these figures are for comparison, and those of `segmentStability` the ones to
 * rest on. A mixture may leave components without customers: then it has fewer
 * segments.
 *
 * @param matrix that the segmentation was fitted on, raw
 * @returns the segmentation itself first
 */
export async function compareMethods(
  matrix: CustomerMatrix,
  segmentation: Segmentation,
  { resamples = 10, seed = 42, signal }: CompareMethodsOptions = {},
): Promise<MethodRow[]> {
  const { segments, settings, scaler, k, metrics } = segmentation;
  const run = signal === undefined ? {} : { signal };
  const scaled = toScaledFeatures(matrix, { preset: settings.features, scaler });
  const { restarts } = settings;
  const byKMeans: Method["group"] = async (rows, seed) =>
    (await kMeans(rows, { k, restarts, seed, ...run })).labels;
  const methods: Method[] = [
    { method: "k-means", of: "neurons", group: byKMeans },
    { method: "k-means", of: "customers", group: byKMeans },
    {
      method: "Gaussian mixture",
      of: "neurons",
      group: async (rows, seed) =>
        (await gaussianMixture(rows, { k, restarts, seed, ...run })).labels,
    },
    { method: "Ward", of: "neurons", group: (rows) => wardClusters(rows, { k, ...run }) },
  ];
  const groupDrawn = async ({ of, group }: Method, drawn: Int32Array, seed: number) =>
    of === "customers"
      ? await group(takeRows(scaled, drawn), seed)
      : await groupByNeurons(segmentation, drawn, (rows) => group(rows, seed));
  const everyone = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  const table: MethodRow[] = [];
  for (const [at, each] of methods.entries()) {
    const isOurs = at === 0;
    const labels = isOurs ? segments : toDense(await groupDrawn(each, everyone, settings.seed));
    const rands: number[] = [];
    for (let draw = 1; draw <= resamples; draw++) {
      const drawn = Int32Array.from(new Set(drawRows(matrix.rows, seed + draw)));
      const found = await groupDrawn(each, drawn, settings.seed + draw);
      rands.push(adjustedRand(drawn.map((row) => labels[row]!), found));
    }
    const sizes = countsOf(labels);
    const { silhouette, dbi } = isOurs ? metrics : await measure(scaled, labels, { seed, ...run });
    table.push({
      method: each.method,
      of: each.of,
      isOurs,
      sizes: sizes.sort((a, b) => b - a),
      silhouette,
      dbi,
      randToOurs: adjustedRand(segments, labels),
      stability: rands.reduce((sum, rand) => sum + rand, 0) / resamples,
    });
  }
  return table;
}

/** How well apart the groups are. */
async function measure(
  scaled: CustomerMatrix,
  labels: Int32Array,
  run: { readonly seed: number; readonly signal?: AbortSignal },
): Promise<Pick<MethodRow, "silhouette" | "dbi">> {
  if (countsOf(labels).length < 2) return { silhouette: NaN, dbi: NaN };
  const { mean } = await estimateSilhouette(scaled, labels, { limit: EXACT_UP_TO, ...run });
  return { silhouette: mean, dbi: daviesBouldin(scaled, labels) };
}

/** `[drawn]`: each customer's group, by the neurons that the drawn ones are nearest to. */
async function groupByNeurons(
  { map, units: { bmu }, settings }: Segmentation,
  drawn: Int32Array,
  group: (rows: Matrix) => Promise<Int32Array>,
): Promise<Int32Array> {
  const hits = new Uint8Array(map.width * map.height);
  for (const row of drawn) hits[bmu[row]!] = 1;
  const labels = await group(neuronsToCluster(map, hits, settings));
  const used = hits.keys().filter((neuron) => settings.neurons === "all" || hits[neuron]! > 0);
  const labelOf = new Map([...used].map((neuron, at) => [neuron, labels[at]!]));
  return drawn.map((row) => labelOf.get(bmu[row]!)!);
}

/** The same groups, numbered without gaps. */
function toDense(labels: Int32Array): Int32Array {
  const numbers = [...new Set(labels)].sort((a, b) => a - b);
  return labels.map((label) => numbers.indexOf(label));
}

function countsOf(labels: Int32Array): number[] {
  const counts = new Array<number>(Math.max(...new Set(labels)) + 1).fill(0);
  for (const label of labels) counts[label]! += 1;
  return counts;
}
