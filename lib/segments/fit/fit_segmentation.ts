import {
  daviesBouldin,
  elbow,
  type ElbowPoint,
  findKnee,
  type Knee,
  silhouette,
} from "feira/cluster";
import { type CustomerMatrix, fitFeatures, type Scaler, toScaledFeatures } from "feira/features";
import {
  type BestMatchingUnits,
  bestMatchingUnits,
  hitMap,
  type LongRun,
  quantizationError,
  type SomMap,
  topographicError,
} from "feira/som";
import type { Metrics } from "../gate/gate.ts";
import { countLabels } from "./count_labels.ts";
import { matchSegments } from "./match_segments.ts";
import { modelIdOf } from "./model_id.ts";
import { clusterNeurons, neuronsToCluster } from "./cluster_neurons.ts";
import { ELBOW, type SegmentationSettings } from "./settings.ts";
import { trainMap } from "./train_map.ts";

/** A trained map, its segments, and how good they are. */
export interface Segmentation {
  /** Equal for equal settings, data and code. */
  readonly modelId: string;
  readonly settings: SegmentationSettings;
  /** Of the settings' preset, in the map's order. */
  readonly featureNames: readonly string[];
  /** Of these features. */
  readonly scaler: Scaler;
  /** In scaled feature space. */
  readonly map: SomMap;
  /** `[customers]`, the matrix's order. */
  readonly customerIds: readonly string[];
  /** Best unit, second and distance of each customer. */
  readonly units: BestMatchingUnits;
  /** `[neurons]`: customers nearest to each neuron. */
  readonly hits: Float64Array;
  readonly k: number;
  /** `[customers]`: segment id, 0..k - 1. */
  readonly segments: Int32Array;
  /** `[neurons]`: segment id, of neurons without customers too. */
  readonly neuronSegments: Int32Array;
  /** `[k]`: customers. */
  readonly sizes: readonly number[];
  readonly metrics: Metrics;
  /** `[k]`: mean silhouette of each segment's customers. */
  readonly silhouettes: readonly number[];
  /** Over the neurons that k-means grouped; empty where it was not asked for. */
  readonly elbow: readonly ElbowPoint[];
  /** Of the elbow; absent where the curve has none. */
  readonly knee?: Knee;
  readonly seconds: { readonly train: number; readonly total: number };
}

export interface FitOptions extends LongRun {
  /** Whether the elbow is drawn, which takes as long as nine groupings. @default true */
  withElbow?: boolean;
}

/**
 * Describes the customers by the preset's features, scaled, trains a map on them, groups its neurons by
 * k-means, and gives every customer the segment of the nearest neuron.
 *
 * K-means takes each neuron once, whether one customer or a thousand are
 * nearest to it: a map spends its neurons by the data's density already, and the
 * guide does the same. Ids: see {@linkcode matchSegments}. Silhouette and
 * Davies-Bouldin index are taken over customers in scaled feature space.
 *
 * @param matrix raw features, one row per customer
 * @throws {RangeError | TypeError} of the rooms som and cluster, when settings
 * do not fit the data
 */
export async function fitSegmentation(
  matrix: CustomerMatrix,
  settings: SegmentationSettings,
  { withElbow = true, ...run }: FitOptions = {},
): Promise<Segmentation> {
  const started = performance.now();
  const features = fitFeatures(matrix, settings.features);
  const scaled = toScaledFeatures(matrix, features);
  const map = await trainMap(scaled, settings.training, run);
  const trained = performance.now();
  const quiet = run.signal === undefined ? {} : { signal: run.signal };
  const units = await bestMatchingUnits(map, scaled, quiet);
  const hits = hitMap(map, units);
  const codebook = neuronsToCluster(map, hits, settings);
  const { restarts, seed } = settings;
  const to = Math.min(ELBOW.to, codebook.rows);
  const curve = withElbow ? await elbow(codebook, { ...ELBOW, to, restarts, seed, ...quiet }) : [];
  const labels = await clusterNeurons(map, hits, { ...settings, ...quiet });
  const customerLabels = units.bmu.map((neuron) => labels[neuron]!);
  const ids = matchSegments({
    customerIds: matrix.customerIds,
    labels: customerLabels,
    k: settings.k,
  });
  const segments = customerLabels.map((label) => ids[label]!);
  const sizes = countLabels({ k: settings.k, labels: segments });
  const { mean, byCluster } = await silhouette(scaled, segments, quiet);
  const knee = findKnee(curve.map(({ k }) => k), curve.map(({ inertia }) => inertia), {
    curve: "convex",
    direction: "decreasing",
  });
  return {
    modelId: await modelIdOf(matrix, settings),
    settings,
    featureNames: scaled.featureNames,
    scaler: features.scaler,
    map,
    customerIds: matrix.customerIds,
    units,
    hits,
    k: settings.k,
    segments,
    neuronSegments: labels.map((label) => ids[label]!),
    sizes,
    metrics: {
      qe: await quantizationError(map, scaled, { units }),
      te: await topographicError(map, scaled, { units }),
      silhouette: mean,
      dbi: daviesBouldin(scaled, segments),
      smallest: Math.min(...sizes),
    },
    silhouettes: byCluster,
    elbow: curve,
    ...(knee === undefined ? {} : { knee }),
    seconds: {
      train: (trained - started) / 1000,
      total: (performance.now() - started) / 1000,
    },
  };
}
