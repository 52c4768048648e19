import { type CustomerMatrix, toScaledFeatures } from "feira/features";
import { loadMap, quantizationError } from "feira/som";
import { FeiraError } from "feira/workspace";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import { readModelFile, readOr } from "../fit/read_model_file.ts";
import { MODEL_FILE } from "../fit/saved_model.ts";
import { type SavedScaler, toScalerArrays } from "../fit/saved_scaler.ts";

/** How the map that was published last fits the customers of today. */
export interface MapDrift {
  /** Quantization error on the customers that it was fitted on, in standard deviations of then. */
  readonly qeThen: number;
  /** The same map and scaling on these customers. */
  readonly qeNow: number;
  /** qeNow / qeThen − 1: 0.1 is a tenth more. */
  readonly change: number;
}

/** What {@linkcode maybeMapDrift} looks for. */
export interface MapDriftSpec {
  /** Folder of `saveModel`, of the last publication. */
  readonly dir: string;
  /** The model that was published last. */
  readonly modelId: string;
}

/**
 * Measures a map by customers that it was not fitted on. It never sees them, so
 * its error grows where customers have come that are unlike all of then.
 *
 * @param matrix raw features of the customers of today
 * @returns undefined when the folder holds no model, or another one than was
 * published
 */
export async function maybeMapDrift(
  matrix: CustomerMatrix,
  { dir, modelId }: MapDriftSpec,
): Promise<MapDrift | undefined> {
  const model = await maybeModel(dir);
  if (model?.segmentation.modelId !== modelId) return undefined;
  const { scaler, segmentation: { settings: { features }, metrics } } = model;
  const { map } = await readOr(dir, () => loadMap(`${dir}/map.json`));
  const scaled = toScaledFeatures(matrix, { preset: features, scaler: toScalerArrays(scaler) });
  const qeNow = await quantizationError(map, scaled);
  return { qeThen: metrics.qe, qeNow, change: qeNow / metrics.qe - 1 };
}

interface ModelHead {
  readonly format: string;
  readonly version: number;
  readonly segmentation: Pick<Segmentation, "modelId" | "settings" | "metrics">;
  readonly scaler: SavedScaler;
}

async function maybeModel(dir: string): Promise<ModelHead | undefined> {
  try {
    return await readModelFile<ModelHead>(dir, MODEL_FILE);
  } catch (error) {
    if (error instanceof FeiraError && error.kind === "data") return undefined;
    throw error;
  }
}
