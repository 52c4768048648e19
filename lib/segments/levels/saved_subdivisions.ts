import { writeJsonBeside } from "feira/workspace";
import { toArrayText, toFloat64Array, toInt32Array } from "../fit/array_text.ts";
import { countLabels } from "../fit/count_labels.ts";
import { readModelFile, readOr } from "../fit/read_model_file.ts";
import { type SavedScaler, toSavedScaler, toScalerArrays } from "../fit/saved_scaler.ts";
import type { Subdivision } from "./subdivision.ts";

/** The content of subdivisions.json; arrays as little-endian base64. */
interface SubdivisionsFile {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly subdivisions: readonly SavedSubdivision[];
}

type SavedSubdivision =
  & Omit<Subdivision, "features" | ArrayName>
  & {
    readonly features: Omit<Subdivision["features"], "scaler"> & { readonly scaler: SavedScaler };
  }
  & Readonly<Record<ArrayName, string>>;

type ArrayName = "centroids" | "rows" | "labels";

const FORMAT = "feira/subdivisions";
const VERSION = 1;
const NAME = "subdivisions.json";

/** Writes `subdivisions.json` into a model's folder. */
export async function saveSubdivisions(
  dir: string,
  subdivisions: readonly Subdivision[],
): Promise<void> {
  const file: SubdivisionsFile = {
    format: FORMAT,
    version: VERSION,
    subdivisions: subdivisions.map(({ features, centroids, rows, labels, ...rest }) => ({
      ...rest,
      features: { ...features, scaler: toSavedScaler(features.scaler) },
      centroids: toArrayText(centroids),
      rows: toArrayText(rows),
      labels: toArrayText(labels),
    })),
  };
  await writeJsonBeside(`${dir}/${NAME}`, file);
}

/**
 * Reads the second level of a model that `saveModel` wrote; it belongs to the
 * matrix that `loadModel` asks for.
 *
 * @throws {FeiraError} `data` when the folder holds no model or a damaged one
 */
export async function loadSubdivisions(dir: string): Promise<Subdivision[]> {
  const { subdivisions } = await readModelFile<SubdivisionsFile>(dir, {
    name: NAME,
    format: FORMAT,
    version: VERSION,
  });
  return await readOr(dir, () => subdivisions.map(toSubdivision));
}

/** @throws {RangeError | SyntaxError} when its arrays do not fit each other. */
function toSubdivision(saved: SavedSubdivision): Subdivision {
  const { features, centroids, rows, labels, ...rest } = saved;
  const { parent, k, sizes, ids } = rest;
  const scaler = toScalerArrays(features.scaler);
  const customers = sizes.reduce((sum, size) => sum + size, 0);
  const read = {
    ...rest,
    features: { ...features, scaler },
    centroids: toFloat64Array(centroids, k * scaler.featureNames.length),
    rows: toInt32Array(rows, customers),
    labels: toInt32Array(labels, customers),
  };
  const counts = countLabels(read);
  if (String(counts) !== String(sizes) || ids.length !== k) {
    throw new RangeError(
      `segment ${parent} has labels of ${counts} customers and ${ids.length} ids, must be ${sizes} and ${k}`,
    );
  }
  return read;
}
