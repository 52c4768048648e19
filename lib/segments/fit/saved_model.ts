import { type CustomerMatrix, fingerprintMatrix } from "feira/features";
import { assertSameFeatures, loadMap, saveMap } from "feira/som";
import { FeiraError, replaceDirBeside, writeJsonBeside } from "feira/workspace";
import { saveSubdivisions } from "../levels/saved_subdivisions.ts";
import type { Subdivision } from "../levels/subdivision.ts";
import { toArrayText, toFloat64Array, toInt32Array } from "./array_text.ts";
import type { Segmentation } from "./fit_segmentation.ts";
import { readModelFile, readOr } from "./read_model_file.ts";
import { type SavedScaler, toSavedScaler, toScalerArrays } from "./saved_scaler.ts";

/** The content of model.json; arrays as little-endian base64. */
interface ModelFile {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** Of the matrix, which the map's own are made from. */
  readonly matrixFeatures: readonly string[];
  readonly segmentation: Omit<
    Segmentation,
    "map" | "scaler" | "units" | "hits" | "segments" | "neuronSegments" | "customerIds"
  >;
  readonly scaler: SavedScaler;
  readonly arrays: Readonly<Record<ArrayName, string>>;
}

type ArrayName = "bmu" | "second" | "distance" | "hits" | "segments" | "neuronSegments";

const FORMAT = "feira/segmentation";
const VERSION = 2;

/** The file of a model's folder that says what the model is. */
export const MODEL_FILE = { name: "model.json", format: FORMAT, version: VERSION } as const;

/** What {@linkcode saveModel} saves besides. */
export interface SaveModelOptions {
  /** The second level. @default [] */
  subdivisions?: readonly Subdivision[];
}

/**
 * Saves a segmentation in a folder, whole or not at all: `map.json` (see
 * `saveMap` of `feira/som`), `model.json` and `subdivisions.json`. Customers are
 * not written, only their order is relied on: {@linkcode loadModel} takes them
 * from the matrix.
 */
export async function saveModel(
  dir: string,
  segmentation: Segmentation,
  matrix: CustomerMatrix,
  { subdivisions = [] }: SaveModelOptions = {},
): Promise<void> {
  const { map, units, hits, segments, neuronSegments, scaler, customerIds: _ids, ...rest } =
    segmentation;
  const savedScaler = toSavedScaler(scaler);
  const file: ModelFile = {
    format: FORMAT,
    version: VERSION,
    matrixFeatures: matrix.featureNames,
    segmentation: rest,
    scaler: savedScaler,
    arrays: {
      bmu: toArrayText(units.bmu),
      second: toArrayText(units.second),
      distance: toArrayText(units.distance),
      hits: toArrayText(hits),
      segments: toArrayText(segments),
      neuronSegments: toArrayText(neuronSegments),
    },
  };
  await replaceDirBeside(dir, async (emptyDir) => {
    await saveMap(`${emptyDir}/map.json`, {
      map,
      featureNames: segmentation.featureNames,
      scaler: savedScaler,
      settings: segmentation.settings,
      seed: segmentation.settings.training.seed,
      dataFingerprint: fingerprintMatrix(matrix),
      metrics: { ...segmentation.metrics },
    });
    await writeJsonBeside(`${emptyDir}/model.json`, file);
    await saveSubdivisions(emptyDir, subdivisions);
  });
}

/**
 * Reads a segmentation that was fitted on this very matrix.
 *
 * @throws {FeiraError} `data` when the folder holds no model, a damaged one, or
 * one of another matrix; names what differs
 * @throws {TypeError} when the matrix has other features, by name
 */
export async function loadModel(dir: string, matrix: CustomerMatrix): Promise<Segmentation> {
  const { arrays, segmentation, scaler, matrixFeatures } = await readModelFile<ModelFile>(
    dir,
    MODEL_FILE,
  );
  const { map, dataFingerprint } = await readOr(dir, () => loadMap(`${dir}/map.json`));
  assertSameFeatures(matrixFeatures, matrix.featureNames);
  const found = fingerprintMatrix(matrix);
  if (found !== dataFingerprint) {
    throw new FeiraError(
      "data",
      `Cannot load model ${dir}: it was fitted on data ${dataFingerprint}, must be ${found}`,
    );
  }
  const neurons = map.width * map.height;
  return await readOr(dir, () => ({
    ...segmentation,
    scaler: toScalerArrays(scaler),
    map,
    customerIds: matrix.customerIds,
    units: {
      bmu: toInt32Array(arrays.bmu, matrix.rows),
      second: toInt32Array(arrays.second, matrix.rows),
      distance: toFloat64Array(arrays.distance, matrix.rows),
    },
    hits: toFloat64Array(arrays.hits, neurons),
    segments: toInt32Array(arrays.segments, matrix.rows),
    neuronSegments: toInt32Array(arrays.neuronSegments, neurons),
  }));
}
