import type { CustomerMatrix } from "feira/features";
import { FeiraError } from "feira/workspace";
import { type FitOptions, fitSegmentation, type Segmentation } from "./fit_segmentation.ts";
import { modelIdOf } from "./model_id.ts";
import { loadModel, saveModel } from "./saved_model.ts";
import type { SegmentationSettings } from "./settings.ts";

export interface FitOrLoadOptions extends FitOptions {
  /** Holds a folder per model id, such as `<modelsDir>/fits`. */
  dir: string;
}

/** A segmentation, and whether it had been fitted before. */
export interface FitOrLoad {
  readonly segmentation: Segmentation;
  readonly reused: boolean;
}

/**
 * Takes the saved segmentation when settings, data and code are those it was
 * fitted with (see {@linkcode modelIdOf}), else fits and saves it. A damaged one is
 * fitted again, and so is one without the elbow that is asked for.
 */
export async function fitOrLoad(
  matrix: CustomerMatrix,
  settings: SegmentationSettings,
  { dir, ...options }: FitOrLoadOptions,
): Promise<FitOrLoad> {
  const folder = `${dir}/${await modelIdOf(matrix, settings)}`;
  try {
    const segmentation = await loadModel(folder, matrix);
    const { withElbow = true } = options;
    if (segmentation.elbow.length > 0 || !withElbow) {
      return { segmentation: { ...segmentation, settings }, reused: true };
    }
  } catch (error) {
    if (!(error instanceof FeiraError && error.kind === "data")) throw error;
  }
  const segmentation = await fitSegmentation(matrix, settings, options);
  await saveModel(folder, segmentation, matrix);
  return { segmentation, reused: false };
}
