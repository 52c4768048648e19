import { join } from "node:path";
import type { TableName } from "feira/olist";
import type { Workspace } from "feira/workspace";
import { IngestError } from "./ingest_error.ts";

/** One of the nine files as it was placed. */
export interface RawFile {
  readonly table: TableName;
  readonly file: string;
  /** Data rows, without the header. */
  readonly rows: number;
  readonly bytes: number;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/** Where a project's raw data comes from: the content of source.json. */
export interface RawSource {
  readonly kind: "folder" | "kaggle" | "synthetic";
  /** The folder as it was named, the address, or the words "synthetic market". */
  readonly from: string;
  /** What every page and table made from it must say; there exactly when kind is `synthetic`. */
  readonly banner?: string;
  /** There when kind is `synthetic`. */
  readonly orders?: number;
  /** There when kind is `synthetic`. */
  readonly seed?: number;
  /** All nine, in the order of `TABLE_NAMES`. */
  readonly files: readonly RawFile[];
}

/** The name of the file that tells where its folder's data comes from. */
export const SOURCE_FILE = "source.json";

/**
 * Where the raw data in data/raw/<project> comes from.
 *
 * @throws {IngestError} when there is none yet or its source.json is broken.
 */
export async function readRawSource(ws: Workspace): Promise<RawSource> {
  const source = await maybeReadSource(ws.rawDir);
  if (source) return source;
  throw new IngestError(
    `Cannot tell the source of the raw data: ${
      join(ws.rawDir, SOURCE_FILE)
    } is missing, must be placed by 01_ingest`,
    { file: SOURCE_FILE },
  );
}

/** The source.json of a folder, if it has one. */
export async function maybeReadSource(dir: string): Promise<RawSource | undefined> {
  const path = join(dir, SOURCE_FILE);
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return;
    throw error;
  }
  const source = maybeParse(text);
  if (isRawSource(source)) return source;
  throw new IngestError(
    `Cannot read ${path}: it is not what 01_ingest writes, must be removed and placed again`,
    { file: SOURCE_FILE },
  );
}

function maybeParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRawSource(value: unknown): value is RawSource {
  const source = value as Partial<RawSource> | null | undefined;
  return typeof source === "object" && source !== null && typeof source.from === "string" &&
    ["folder", "kaggle", "synthetic"].includes(source.kind ?? "") &&
    (source.kind === "synthetic") === (typeof source.banner === "string") &&
    Array.isArray(source.files) &&
    source.files.every((file) => typeof file?.file === "string" && typeof file.sha256 === "string");
}
