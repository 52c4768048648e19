import { dirname, join, relative, resolve } from "node:path";
import { TABLES } from "feira/olist";
import {
  type Effects,
  hashFile,
  replaceDirBeside,
  systemEffects,
  type Workspace,
  writeFileBeside,
  writeJsonBeside,
} from "feira/workspace";
import { checkedCopy } from "./_checked_copy.ts";
import { fetchKaggle, KAGGLE_URL, KaggleUnreachable } from "./_kaggle.ts";
import { missingFiles, type Offer, offerFolder, offerSynthetic } from "./_offer.ts";
import { IngestError } from "./ingest_error.ts";
import {
  maybeReadSource,
  type RawFile,
  type RawSource,
  readRawSource,
  SOURCE_FILE,
} from "./raw_source.ts";

/** Where to look for the raw data; with nothing given, the project's own data, Kaggle, synthetic. */
export interface RawDataSpec {
  /** A folder with the nine files; relative to the working directory. */
  readonly raw?: string | undefined;
  /** Asks for the synthetic market, at this number of orders. */
  readonly syntheticOrders?: number | undefined;
  /** Of the synthetic market. @default 42 */
  readonly seed?: number | undefined;
  /** Orders of the synthetic market that stands in for Kaggle. @default 20000 */
  readonly standInOrders?: number | undefined;
  /** The address of the archive; tests name a server of their own. */
  readonly kaggleUrl?: string | undefined;
  /** Milliseconds to wait for Kaggle to answer. @default 8000 */
  readonly connectMs?: number | undefined;
  /**
   * Kaggle's files that were placed longer ago are asked for anew.
   * @default FEIRA_MAX_AGE_SECONDS, which a run with --max-age sets, else never
   */
  readonly maxAgeSeconds?: number | undefined;
  readonly effects?: Effects | undefined;
  readonly signal?: AbortSignal | undefined;
}

const SEED_FILE = "product_category_name_translation.csv";

/**
 * Finds the nine files, checks them against the contract of `feira/olist` and
 * places them in data/raw/<project> with a source.json, and the category
 * translation in seeds/.
 *
 * The first that applies: `raw`; `syntheticOrders`; data/raw/<project> where it
 * is whole already, which then stays as it is, unless it is Kaggle's and older
 * than `maxAgeSeconds` and Kaggle gives it anew; Kaggle; and where Kaggle cannot
 * be reached or refuses, the synthetic market, said in the log with the reason.
 *
 * All or nothing: when any file fails its check, what was placed before stays.
 * Files are read as streams: memory does not grow with them.
 *
 * @returns what source.json says.
 * @throws {IngestError} `usage` for a folder that is not there or a number that
 * cannot be, `data` for files that are not what the contract says, with file and
 * line, `environment` for a place that cannot be read or written.
 */
export async function placeRawData(ws: Workspace, spec: RawDataSpec = {}): Promise<RawSource> {
  const { raw, syntheticOrders, standInOrders = 20_000, seed = 42 } = spec;
  const { signal, effects = systemEffects } = spec;
  signal?.throwIfAborted();
  if (raw !== undefined && syntheticOrders !== undefined) {
    throw new IngestError(
      "Cannot place the raw data: both a folder and synthetic orders are asked for, must be one",
      { kind: "usage" },
    );
  }
  const place = (offer: Offer) => placeOffer(ws, { offer, effects, signal });
  if (raw !== undefined) {
    const isPlaced = await isSameFolder(raw, ws.rawDir) && await findChange(ws) === "none";
    return isPlaced ? await keep(ws, effects) : await place(await offerFolder(raw));
  }
  if (syntheticOrders !== undefined) return await place(offerSynthetic(syntheticOrders, seed));
  const change = await findChange(ws);
  if (change === "none") {
    const isDue = await isTooOld(ws, spec.maxAgeSeconds, effects);
    const otherwise = "What is placed stays";
    const anew = isDue && await placeKaggle(ws, { ...spec, effects, place, otherwise });
    return anew || await keep(ws, effects);
  }
  if (change !== "incomplete") {
    throw new IngestError(
      `Cannot keep the raw data: ${change.file} in ${ws.rawDir} is not the file that ` +
        `${SOURCE_FILE} records, must be taken anew with --raw ${ws.rawDir}, or removed`,
      { file: change.file },
    );
  }
  if ((await missingFiles(ws.rawDir)).length === 0) {
    return await place(await offerFolder(ws.rawDir));
  }
  const otherwise = "The synthetic market stands in; name a folder with --raw for real data";
  return await placeKaggle(ws, { ...spec, effects, place, otherwise }) ??
    await place(offerSynthetic(standInOrders, seed));
}

/** How what is placed differs from what its source.json records. */
async function findChange(ws: Workspace): Promise<"none" | "incomplete" | { file: string }> {
  if ((await missingFiles(ws.rawDir)).length > 0) return "incomplete";
  const source = await maybeReadSource(ws.rawDir);
  if (!source) return "incomplete";
  for (const { file } of TABLES) {
    const recorded = source.files.find((found) => found.file === file)?.sha256;
    if (await hashFile(join(ws.rawDir, file)) !== recorded) return { file };
  }
  return "none";
}

/** Whether what is placed is Kaggle's, and was placed longer ago than is wished. */
async function isTooOld(
  ws: Workspace,
  maxAgeSeconds: number | undefined,
  { env, now }: Effects,
): Promise<boolean> {
  const limit = maxAgeSeconds ?? Number(env("FEIRA_MAX_AGE_SECONDS") ?? Infinity);
  if (limit === Infinity || (await readRawSource(ws)).kind !== "kaggle") return false;
  const { mtime } = await Deno.stat(join(ws.rawDir, SOURCE_FILE));
  return now().epochMilliseconds - (mtime?.getTime() ?? 0) > 1000 * limit;
}

/** Leaves what is placed as it is. */
async function keep(ws: Workspace, effects: Effects): Promise<RawSource> {
  const source = await readRawSource(ws);
  await placeSeed(ws, ws.rawDir);
  // By its place in the workspace: pages that show this are mailed around.
  effects.log(`Raw data: kept as it is in ${relative(ws.root, ws.rawDir)} (${source.kind})`);
  if (source.banner) effects.log(source.banner);
  return source;
}

/** Places Kaggle's files; undefined, with the reason in the log, when Kaggle does not give them. */
async function placeKaggle(
  ws: Workspace,
  { kaggleUrl = KAGGLE_URL, connectMs = 8_000, effects, signal, place, otherwise }: RawDataSpec & {
    effects: Effects;
    place: (offer: Offer) => Promise<RawSource>;
    /** What happens without Kaggle, for the log. */
    otherwise: string;
  },
): Promise<RawSource | undefined> {
  const dir = await makeDownloadFolder(dirname(ws.rawDir));
  try {
    await fetchKaggle(dir, { url: kaggleUrl, effects, signal, connectMs });
    const { read } = await offerFolder(dir);
    return await place({ source: { kind: "kaggle", from: kaggleUrl }, read });
  } catch (error) {
    if (!(error instanceof KaggleUnreachable)) throw error;
    effects.log(`Kaggle does not give the dataset: ${error.message}. ${otherwise}`);
    return undefined;
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function placeOffer(
  ws: Workspace,
  { offer, effects, signal }: { offer: Offer; effects: Effects; signal: AbortSignal | undefined },
): Promise<RawSource> {
  const source = await replaceDirBeside(ws.rawDir, async (dir) => {
    const files: RawFile[] = [];
    for (const table of TABLES) {
      const to = join(dir, table.file);
      files.push(
        await checkedCopy(table, { bytes: offer.read(table), to, log: effects.log, signal }),
      );
    }
    const source: RawSource = { ...offer.source, files };
    await writeJsonBeside(join(dir, SOURCE_FILE), source);
    await placeSeed(ws, dir);
    return source;
  });
  const rows = source.files.reduce((sum, file) => sum + file.rows, 0);
  effects.log(
    `Raw data: ${rows.toLocaleString("en-US")} rows in ${TABLES.length} files from ${source.from}`,
  );
  if (source.banner) effects.log(source.banner);
  return source;
}

/** Puts the category translation where dbt reads its seeds, if it is not there already. */
async function placeSeed(ws: Workspace, dir: string): Promise<void> {
  // Decoding takes off the byte order mark that the real file begins with.
  const text = new TextDecoder().decode(await Deno.readFile(join(dir, SEED_FILE)));
  const path = join(ws.seedsDir, SEED_FILE);
  const earlier = await Deno.readTextFile(path).catch(() => undefined);
  if (earlier !== text) await writeFileBeside(path, text);
}

/** A folder for the download, beside the place of the raw data. */
async function makeDownloadFolder(parent: string): Promise<string> {
  try {
    await Deno.mkdir(parent, { recursive: true });
    return await Deno.makeTempDir({ dir: parent, prefix: ".kaggle-" });
  } catch (cause) {
    throw new IngestError(
      `Cannot write ${parent}: ${(cause as Error).message}, must be a folder to write to`,
      { kind: "environment", cause },
    );
  }
}

/** Whether two paths are one folder, links followed. */
async function isSameFolder(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map(async (path) => {
    return await Deno.realPath(path).catch(() => resolve(path));
  }));
  return a === b;
}
