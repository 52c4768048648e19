import { type CustomerMatrix, fingerprintMatrix, type Scaler } from "feira/features";
import { assertSameFeatures, loadMap, saveMap } from "feira/som";
import { FeiraError, replaceDirBeside, writeJsonBeside } from "feira/workspace";
import { type FitOptions, fitSegmentation, type Segmentation } from "./fit_segmentation.ts";
import { rematch } from "./rematch.ts";
import { modelIdOf } from "./model_id.ts";
import type { SegmentationSettings } from "./settings.ts";

/** Arrays of a model file, as little-endian base64. */
interface ModelFile {
  readonly format: "feira/segmentation";
  readonly version: 1;
  readonly segmentation: Omit<
    Segmentation,
    "map" | "scaler" | "units" | "hits" | "segments" | "neuronSegments" | "customerIds"
  >;
  readonly scaler: SavedScaler;
  readonly arrays: Readonly<Record<ArrayName, string>>;
}

/** A scaler as JSON has it. */
type SavedScaler = Record<"mean" | "scale", readonly number[]> & Omit<Scaler, "mean" | "scale">;

type ArrayName = "bmu" | "second" | "distance" | "hits" | "segments" | "neuronSegments";

/**
 * Saves a segmentation in a folder, whole or not at all: `map.json` (see
 * `saveMap` of `feira/som`) and `model.json`. Customers are not written, only
 * their order is relied on: {@linkcode loadModel} takes them from the matrix.
 */
export async function saveModel(
  dir: string,
  segmentation: Segmentation,
  matrix: CustomerMatrix,
): Promise<void> {
  const { map, units, hits, segments, neuronSegments, scaler, customerIds: _ids, ...rest } =
    segmentation;
  const savedScaler = { ...scaler, mean: [...scaler.mean], scale: [...scaler.scale] };
  const dataFingerprint = fingerprintMatrix(matrix);
  const file: ModelFile = {
    format: "feira/segmentation",
    version: 1,
    segmentation: rest,
    scaler: savedScaler,
    arrays: {
      bmu: toText(units.bmu),
      second: toText(units.second),
      distance: toText(units.distance),
      hits: toText(hits),
      segments: toText(segments),
      neuronSegments: toText(neuronSegments),
    },
  };
  await replaceDirBeside(dir, async (emptyDir) => {
    await saveMap(`${emptyDir}/map.json`, {
      map,
      featureNames: segmentation.featureNames,
      scaler: savedScaler,
      settings: segmentation.settings,
      seed: segmentation.settings.training.seed,
      dataFingerprint,
      metrics: { ...segmentation.metrics },
    });
    await writeJsonBeside(`${emptyDir}/model.json`, file);
  });
}

/**
 * Reads a segmentation that was fitted on this very matrix.
 *
 * @throws {FeiraError} `data` when the folder holds no model, or one of another
 * matrix; names what differs
 * @throws {TypeError} when the matrix has other features, by name
 */
export async function loadModel(dir: string, matrix: CustomerMatrix): Promise<Segmentation> {
  const { map, featureNames, dataFingerprint } = await readOr(
    dir,
    () => loadMap(`${dir}/map.json`),
  );
  assertSameFeatures(featureNames, matrix.featureNames);
  const found = fingerprintMatrix(matrix);
  if (found !== dataFingerprint) {
    throw new FeiraError(
      "data",
      `Cannot load model ${dir}: it was fitted on data ${dataFingerprint}, must be ${found}`,
    );
  }
  const file = await readOr(
    dir,
    async () => JSON.parse(await Deno.readTextFile(`${dir}/model.json`)) as ModelFile,
  );
  if (file.format !== "feira/segmentation" || file.version !== 1) {
    throw new FeiraError(
      "data",
      `Cannot load model ${dir}: found ${file.format} version ${file.version}, must be feira/segmentation version 1`,
    );
  }
  const { arrays, segmentation, scaler } = file;
  return {
    ...segmentation,
    scaler: {
      ...scaler,
      mean: Float64Array.from(scaler.mean),
      scale: Float64Array.from(scaler.scale),
    },
    map,
    customerIds: matrix.customerIds,
    units: {
      bmu: new Int32Array(toBuffer(arrays.bmu)),
      second: new Int32Array(toBuffer(arrays.second)),
      distance: new Float64Array(toBuffer(arrays.distance)),
    },
    hits: new Float64Array(toBuffer(arrays.hits)),
    segments: new Int32Array(toBuffer(arrays.segments)),
    neuronSegments: new Int32Array(toBuffer(arrays.neuronSegments)),
  };
}

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
 * fitted with (see {@linkcode modelIdOf}), else fits and saves it. Segment ids are
 * matched to `published` either way. A damaged one is fitted again.
 */
export async function fitOrLoad(
  matrix: CustomerMatrix,
  settings: SegmentationSettings,
  { dir, ...options }: FitOrLoadOptions,
): Promise<FitOrLoad> {
  const folder = `${dir}/${await modelIdOf(matrix, settings)}`;
  try {
    const segmentation = await loadModel(folder, matrix);
    return {
      segmentation: rematch({ ...segmentation, settings }, options.published),
      reused: true,
    };
  } catch (error) {
    if (!(error instanceof FeiraError && error.kind === "data")) throw error;
  }
  const segmentation = await fitSegmentation(matrix, settings, options);
  await saveModel(folder, segmentation, matrix);
  return { segmentation, reused: false };
}

async function readOr<T>(dir: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new FeiraError(
      "data",
      `Cannot load model ${dir}: ${(cause as Error).message}, must be a folder of saveModel`,
      { cause },
    );
  }
}

function toText(values: Int32Array | Float64Array): string {
  return new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength)
    .toBase64();
}

function toBuffer(text: string): ArrayBuffer {
  return Uint8Array.fromBase64(text).slice().buffer;
}
