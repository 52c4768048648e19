import { assertMap } from "./_check.ts";
import type { MapArtefact } from "./map_artefact.ts";

/** What a map file says it is. */
export const FORMAT = "feira/som-map";
/** Raised when an older program could no longer read a file rightly, or an older file be read. */
export const VERSION = 2;

/** A map file but for its checksum: plain data. */
export type MapBody = Readonly<Record<string, unknown>>;

export function toBody({ map: { weights, ...shape }, ...about }: MapArtefact): MapBody {
  return { format: FORMAT, version: VERSION, ...shape, ...about, weights: toBase64(weights) };
}

/** @throws {TypeError | RangeError} when names, numbers or weights do not fit together; `action` opens the message. */
export function toArtefact(body: MapBody, action: string): MapArtefact {
  const {
    format: _format,
    version: _version,
    weights,
    width,
    height,
    features,
    topology,
    ...about
  } = body;
  const map = {
    weights: fromBase64(weights),
    width,
    height,
    features,
    ...(topology === undefined ? {} : { topology }),
  };
  const artefact = { ...about, map } as MapArtefact;
  assertArtefact(artefact, action);
  return artefact;
}

export function assertArtefact(artefact: MapArtefact, action: string): void {
  const { map, featureNames, metrics } = artefact;
  assertMap(map, action);
  if (!Array.isArray(featureNames) || featureNames.length !== map.features) {
    throw new TypeError(
      `Cannot ${action}: found ${featureNames?.length} feature names, must be ${map.features}`,
    );
  }
  const again = featureNames.find((name, at) => featureNames.indexOf(name) < at);
  if (again !== undefined) {
    throw new TypeError(`Cannot ${action}: feature ${again} is named twice, must be once`);
  }
  if (typeof metrics !== "object" || metrics === null) {
    throw new TypeError(`Cannot ${action}: metrics are missing, must be numbers by name`);
  }
}

/** @throws {TypeError} when a value would not come back from JSON as it is; names its place. */
export function assertPlain(value: unknown, place: string): void {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (value === null || kind === "String" || kind === "Boolean") return;
  if (kind === "Number" && Number.isFinite(value)) return;
  if (kind === "Array" || kind === "Object") {
    for (const [key, each] of Object.entries(value as object)) assertPlain(each, `${place}.${key}`);
    return;
  }
  const found = kind === "Number" ? String(value) : kind;
  throw new TypeError(`Cannot save map: ${place} is ${found}, must be plain data`);
}

/** SHA-256 of a body, 64 hexadecimal digits; spaces between its values do not count. */
export async function checksumOf(body: MapBody): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
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
