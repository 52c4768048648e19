import { loadMap } from "feira/som";
import { toFloat64Array, toInt32Array } from "../fit/array_text.ts";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import { readModelFile, readOr } from "../fit/read_model_file.ts";
import { MODEL_FILE } from "../fit/saved_model.ts";
import { type SavedScaler, toScalerArrays } from "../fit/saved_scaler.ts";
import { loadSubdivisions } from "../levels/saved_subdivisions.ts";
import { type Scorer, toScorer } from "./scorer.ts";

/** What a scorer needs of model.json. */
interface ScoringFile {
  readonly format: string;
  readonly version: number;
  readonly segmentation: Pick<Segmentation, "modelId" | "settings" | "sizes">;
  readonly scaler: SavedScaler;
  readonly arrays: { readonly distance: string; readonly neuronSegments: string };
}

/**
 * Reads the part of a saved model that assigns customers; unlike `loadModel` it
 * does not ask for those that the model was fitted on.
 *
 * @param dir a folder of `saveModel`
 * @throws {FeiraError} `data` when the folder holds no model or a damaged one
 */
export async function loadScorer(dir: string): Promise<Scorer> {
  const { segmentation, scaler, arrays } = await readModelFile<ScoringFile>(dir, MODEL_FILE);
  const subdivisions = await loadSubdivisions(dir);
  return await readOr(dir, async () => {
    const { map } = await loadMap(`${dir}/map.json`);
    const customers = segmentation.sizes.reduce((sum, size) => sum + size, 0);
    return toScorer({
      segmentation: {
        ...segmentation,
        scaler: toScalerArrays(scaler),
        map,
        neuronSegments: toInt32Array(arrays.neuronSegments, map.width * map.height),
      },
      subdivisions,
      distances: toFloat64Array(arrays.distance, customers),
    });
  });
}
