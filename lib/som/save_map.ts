import { dirname } from "node:path";
import { assertArtefact, assertPlain, checksumOf, toBody } from "./_map_file.ts";
import type { MapArtefact } from "./map_artefact.ts";

/**
 * Writes a map as one JSON file, weights as little-endian float64 in base64, with
 * a checksum over all of it. The file is written beside its place and renamed: it
 * is whole or not there.
 *
 * @throws {TypeError | RangeError} when names and weights do not fit the map's
 * shape, or scaler, settings or metrics are not plain data; names the place
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
 * assert.deepEqual((await loadMap(path)).map, map);
 * ```
 */
export async function saveMap(path: string, artefact: MapArtefact): Promise<void> {
  assertArtefact(artefact, "save map");
  const body = toBody(artefact);
  for (const [name, value] of Object.entries(body)) assertPlain(value, name);
  const text = JSON.stringify({ ...body, checksum: await checksumOf(body) }, null, 1);
  const beside = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  await Deno.mkdir(dirname(path), { recursive: true });
  try {
    await Deno.writeTextFile(beside, text + "\n");
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw error;
  }
}
