import { GUIDE, type SegmentationSettings } from "../fit/settings.ts";

/** What {@linkcode candidateSettings} needs to know. */
export interface CandidateSpec {
  /** Rows of the matrix: a map with more neurons than that learns the noise. */
  customers: number;
  /** Cuts the training for tests: at most so many iterations online and epochs in batch. */
  quick?: { readonly iterations?: number; readonly epochs?: number };
}

/**
 * Customers per neuron and final radius of each batch map. Measured: with 8,016
 * real customers the coarser maps separate segments better, with 4,813
 * synthetic ones only the finer pass the limit of the quantization error.
 */
const BATCH_MAPS: readonly (readonly [perNeuron: number, radiusEnd: number])[] = [
  [4, 0.44],
  [4, 0.38],
  [4, 0.33],
  [2.8, 0.44],
  [2.8, 0.33],
];

/**
 * The settings that `compareSettings` tries: the guide's, and batch training
 * from a principal plane with final radii that trade quantization against
 * topographic error. The batch maps keep the guide's 2:1 shape and have at most
 * its 3,200 neurons, and about four or about 2.8 customers to a neuron; where
 * both come to the same map, it is there once.
 *
 * @example
 * ```ts
 * import { candidateSettings, GUIDE } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const settings = candidateSettings({ customers: 95_420 });
 * assert.deepEqual(settings[0], GUIDE);
 * assert.ok(settings.every(({ training }) => training.width === 80 && training.height === 40));
 * ```
 */
export function candidateSettings({ customers, quick }: CandidateSpec): SegmentationSettings[] {
  const batch = BATCH_MAPS.map(([perNeuron, radiusEnd]) =>
    toBatch(customers / perNeuron, radiusEnd)
  );
  const distinct = batch.filter(({ name }, at) => batch.findIndex((b) => b.name === name) === at);
  const settings = [GUIDE, ...distinct];
  return quick === undefined ? settings : settings.map((each) => cut(each, quick));
}

function toBatch(neurons: number, radiusEnd: number): SegmentationSettings {
  const height = Math.max(2, Math.round(Math.sqrt(Math.min(3_200, neurons) / 2)));
  const width = height * 2;
  return {
    name: `batch-${width}x${height}-${radiusEnd}`,
    description: `Batch from the principal plane, ${width} × ${height}, radius ${
      width / 4
    } to ${radiusEnd}`,
    training: {
      kind: "batch",
      width,
      height,
      epochs: 80,
      radiusStart: width / 4,
      radiusEnd,
      init: "pca-spread",
      seed: 42,
    },
    k: 3,
    neurons: "hit",
    restarts: 10,
    seed: 42,
  };
}

function cut(
  settings: SegmentationSettings,
  { iterations = Infinity, epochs = Infinity }: NonNullable<CandidateSpec["quick"]>,
): SegmentationSettings {
  const { training } = settings;
  return {
    ...settings,
    training: training.kind === "online"
      ? { ...training, iterations: Math.min(training.iterations, iterations) }
      : { ...training, epochs: Math.min(training.epochs, epochs) },
  };
}
