import { assertSameFeatures } from "./assert_same_features.ts";
import { checksumOf, FORMAT, toArtefact, VERSION } from "./_map_file.ts";
import type { MapArtefact } from "./map_artefact.ts";

/** Options of {@linkcode loadMap}. */
export interface LoadMapOptions {
  /** Names of the columns that the map is to be used on; it must have been trained on these. */
  featureNames?: readonly string[];
}

/**
 * Reads what `saveMap` wrote.
 *
 * @throws {SyntaxError} when the file is not such a map, is of another version,
 * or was cut or altered since; the message names the file
 * @throws {TypeError} when the map was trained on other features than those
 * given, by name; see {@linkcode assertSameFeatures}
 *
 * @example
 * ```ts
 * import { loadMap, saveMap } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const path = await Deno.makeTempFile();
 * const map = { weights: Float64Array.of(0.1, 0.2), width: 2, height: 1, features: 1 };
 * await saveMap(path, {
 *   map, featureNames: ["recency"], scaler: {}, settings: {}, seed: 42, dataFingerprint: "", metrics: {},
 * });
 * await assert.rejects(loadMap(path, { featureNames: ["monetary"] }), /extra monetary/);
 * ```
 */
export async function loadMap(
  path: string,
  { featureNames }: LoadMapOptions = {},
): Promise<MapArtefact> {
  const action = `load map ${path}`;
  const { checksum, ...body } = parse(await Deno.readTextFile(path), action);
  if (body["format"] !== FORMAT) {
    throw new SyntaxError(
      `Cannot ${action}: format is ${JSON.stringify(body["format"])}, must be "${FORMAT}"`,
    );
  }
  if (body["version"] !== VERSION) {
    const newer = Number(body["version"]) > VERSION ? "; a newer program wrote it" : "";
    throw new SyntaxError(
      `Cannot ${action}: version is ${JSON.stringify(body["version"])}, must be ${VERSION}${newer}`,
    );
  }
  const found = await checksumOf(body);
  if (checksum !== found) {
    throw new SyntaxError(
      `Cannot ${action}: content has checksum ${found}, must be ${checksum}; it was altered since`,
    );
  }
  const artefact = check(body, action);
  if (featureNames !== undefined) assertSameFeatures(artefact.featureNames, featureNames);
  return artefact;
}

function parse(text: string, action: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) };
  } catch (cause) {
    throw new SyntaxError(`Cannot ${action}: it is not JSON, must be a whole map file`, { cause });
  }
}

/** A file whose checksum is right can still be wrong: anyone may have written it. */
function check(body: Record<string, unknown>, action: string): MapArtefact {
  try {
    return toArtefact(body, action);
  } catch (cause) {
    throw new SyntaxError((cause as Error).message, { cause });
  }
}
