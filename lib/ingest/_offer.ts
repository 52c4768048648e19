import { join } from "node:path";
import { syntheticMarket, type TableContract, TABLES } from "feira/olist";
import { IngestError } from "./ingest_error.ts";
import type { RawSource } from "./raw_source.ts";
import { maybeReadSource } from "./raw_source.ts";

/** Nine files that somebody can give, before they are checked. */
export interface Offer {
  /** What source.json will say of them, but for the files. */
  readonly source: Omit<RawSource, "files">;
  /** The bytes of one file; every call begins anew. */
  readonly read: (table: TableContract) => AsyncIterable<Uint8Array>;
}

/**
 * The nine files of a folder. Data that a source.json in it calls synthetic
 * stays so: a copy of made-up data is not real data.
 *
 * @throws {IngestError} `usage` when there is no such folder; `data` when files
 * are missing, all of them named.
 */
export async function offerFolder(dir: string): Promise<Offer> {
  await checkFolder(dir);
  const missing = await missingFiles(dir);
  if (missing.length > 0) {
    throw new IngestError(
      `Cannot take the raw data: ${missing.join(", ")} missing from ${dir}, ` +
        `must hold all ${TABLES.length} files of the dataset`,
      { file: missing[0]! },
    );
  }
  const earlier = await maybeReadSource(dir);
  const source = earlier?.kind === "synthetic"
    ? { ...withoutFiles(earlier), from: dir }
    : { kind: "folder" as const, from: dir };
  return {
    source,
    read: async function* ({ file }) {
      yield* (await openFile(join(dir, file))).readable;
    },
  };
}

/** The synthetic market as nine files. */
export function offerSynthetic(orders: number, seed: number): Offer {
  const market = toMarket(orders, seed);
  const banner = `Synthetic data: ${orders.toLocaleString("en-US")} made-up ` +
    `${orders === 1 ? "order" : "orders"}, seed ${seed}. Not Olist's data`;
  return {
    source: { kind: "synthetic", from: "synthetic market", banner, orders, seed },
    read: async function* ({ name }) {
      const encoder = new TextEncoder();
      const { csv } = market.tables.find((table) => table.name === name)!;
      for (const text of csv()) yield encoder.encode(text);
    },
  };
}

/** The dataset's files that a folder does not have. */
export async function missingFiles(dir: string): Promise<string[]> {
  const found = await Promise.all(TABLES.map(({ file }) => isFile(join(dir, file))));
  return TABLES.map(({ file }) => file).filter((_, i) => !found[i]);
}

function toMarket(orders: number, seed: number) {
  try {
    return syntheticMarket({ orders, seed });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new IngestError(cause.message, { kind: "usage", cause });
  }
}

function withoutFiles({ files: _, ...source }: RawSource): Omit<RawSource, "files"> {
  return source;
}

async function checkFolder(dir: string): Promise<void> {
  const found = await maybeStat(dir);
  if (found?.isDirectory) return;
  throw new IngestError(
    `Cannot take the raw data: ${dir} ${found ? "is a file" : "does not exist"}, ` +
      `must be a folder with the dataset's files`,
    { kind: "usage" },
  );
}

async function isFile(path: string): Promise<boolean> {
  return (await maybeStat(path))?.isFile ?? false;
}

async function maybeStat(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return;
    throw toReadError(path, error);
  }
}

async function openFile(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path, { read: true });
  } catch (error) {
    throw toReadError(path, error);
  }
}

function toReadError(path: string, cause: unknown): unknown {
  if (!(cause instanceof Deno.errors.PermissionDenied)) return cause;
  return new IngestError(`Cannot read ${path}: permission denied, must be readable`, {
    kind: "environment",
    cause,
  });
}
