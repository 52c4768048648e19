import {
  candidateSettings,
  fitSegmentation,
  GUIDE,
  type SegmentationSettings,
} from "feira/segments";
import type { Matrix } from "feira/som";
import { type Found, timed } from "../shared/answer_job.ts";
import type { QualityJob } from "./jobs.ts";

/**
 * The four figures of a preset, by the product's own way from features to
 * segments: silhouette and Davies-Bouldin index over customers.
 */
export async function measureQuality(job: QualityJob, matrix: Matrix): Promise<Found> {
  const customers = {
    ...matrix,
    featureNames: job.featureNames,
    customerIds: Array.from({ length: matrix.rows }, (_, row) => String(row)),
  };
  const settings = cut(toSettings(job.preset, matrix.rows), job);
  const { seconds, value } = await timed(() => fitSegmentation(customers, settings));
  const { qe, te, silhouette, dbi } = value.metrics;
  return { seconds, qe, te, silhouette, dbi, sizes: value.sizes, settings: settings.description };
}

function toSettings(preset: QualityJob["preset"], customers: number): SegmentationSettings {
  if (preset === "guide") return GUIDE;
  return candidateSettings({ customers })[1]!;
}

function cut(
  settings: SegmentationSettings,
  { iterations = Infinity, epochs = Infinity }: QualityJob,
): SegmentationSettings {
  const { training } = settings;
  return {
    ...settings,
    training: training.kind === "online"
      ? { ...training, iterations: Math.min(training.iterations, iterations) }
      : { ...training, epochs: Math.min(training.epochs, epochs) },
  };
}
