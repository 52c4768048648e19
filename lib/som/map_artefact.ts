import { dirname } from "node:path";
import type { SomMap } from "./types.ts";

/** A trained map with all that is needed to use it again, and to say what it is. */
export interface MapArtefact {
  readonly map: SomMap;
  /** Of the matrix's columns, in their order. */
  readonly featureNames: readonly string[];
  /** What turned raw values into the map's units; plain data. */
  readonly scaler: unknown;
  /** The settings it was trained with; plain data. */
  readonly settings: unknown;
  readonly seed: number;
  /** Of the matrix it was trained on. */
  readonly dataFingerprint: string;
  /** Measured when it was trained, by name. */
  readonly metrics: Readonly<Record<string, number>>;
}

const FORMAT = "feira/som-map";
/** Raised when an older file could no longer be read rightly. */
const VERSION = 1;

/**
 * Writes a map as one JSON file, weights as little-endian float64 in base64. The
 * file is written beside its place and renamed: it is whole or not there.
 *
 * @throws {TypeError} when names and weights do not fit the map's shape
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
  const { map: { weights, ...shape }, ...about } = artefact;
  const problem = findProblem(artefact);
  if (problem !== undefined) throw new TypeError(`Cannot save map: ${problem}`);
  const text = JSON.stringify(
    { format: FORMAT, version: VERSION, ...shape, ...about, weights: toBase64(weights) },
    null,
    1,
  );
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

/**
 * Reads what {@linkcode saveMap} wrote.
 *
 * @throws {SyntaxError} when the file is not such a map, is of another version
 * or is damaged; the message names the file
 */
export async function loadMap(path: string): Promise<MapArtefact> {
  const text = await Deno.readTextFile(path);
  let found: Record<string, unknown>;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot load map: ${path} is not JSON, must be a map that was saved`, {
      cause,
    });
  }
  if (found?.format !== FORMAT) {
    throw new SyntaxError(
      `Cannot load map: ${path} has format ${JSON.stringify(found?.format)}, must be "${FORMAT}"`,
    );
  }
  if (found.version !== VERSION) {
    throw new SyntaxError(
      `Cannot load map: ${path} has version ${JSON.stringify(found.version)}, must be ${VERSION}`,
    );
  }
  const { format: _format, version: _version, weights, width, height, features, ...about } = found;
  const artefact = {
    ...about,
    map: { weights: fromBase64(weights), width, height, features },
  } as unknown as MapArtefact;
  const problem = findProblem(artefact);
  if (problem !== undefined) throw new SyntaxError(`Cannot load map: ${path}: ${problem}`);
  return artefact;
}

/**
 * Refuses features that are not those a map was trained on, by name and order.
 *
 * @throws {TypeError} names the first that differs
 *
 * @example
 * ```ts
 * import { assertSameFeatures } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * assertSameFeatures(["recency"], ["recency"]);
 * assert.throws(() => assertSameFeatures(["recency"], ["monetary"]), /monetary/);
 * ```
 */
export function assertSameFeatures(trained: readonly string[], found: readonly string[]): void {
  for (let i = 0; i < Math.max(trained.length, found.length); i++) {
    if (trained[i] === found[i]) continue;
    throw new TypeError(
      `Cannot use map: feature ${i + 1} is ${found[i] ?? "missing"}, must be ${
        trained[i] ?? "absent"
      }; the map was trained on ${trained.join(", ")}`,
    );
  }
}

function findProblem({ map, featureNames, metrics }: MapArtefact): string | undefined {
  const { weights, width, height, features } = map;
  if (![width, height, features].every((size) => Number.isInteger(size) && size > 0)) {
    return `grid is ${width} × ${height} × ${features}, must be three whole numbers above 0`;
  }
  if (weights.length !== width * height * features) {
    return `found ${weights.length} weights, must be ${width} × ${height} × ${features}`;
  }
  if (!weights.every(Number.isFinite)) return "a weight is not a number, must be finite";
  if (!Array.isArray(featureNames) || featureNames.length !== features) {
    return `found ${featureNames?.length} feature names, must be ${features}`;
  }
  if (typeof metrics !== "object" || metrics === null) return "metrics are missing";
  return undefined;
}

function toBase64(values: Float64Array): string {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  values.forEach((value, i) => view.setFloat64(i * 8, value, true));
  return new Uint8Array(view.buffer).toBase64();
}

/** No weights at all where the text is none: the shape's check then speaks. */
function fromBase64(text: unknown): Float64Array {
  if (typeof text !== "string") return new Float64Array();
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.fromBase64(text);
  } catch {
    return new Float64Array();
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from(
    { length: Math.floor(bytes.byteLength / 8) },
    (_, i) => view.getFloat64(i * 8, true),
  );
}
