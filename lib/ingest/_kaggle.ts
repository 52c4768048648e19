import { join } from "node:path";
import { Unzip, UnzipInflate } from "fflate";
import { TABLES } from "feira/olist";
import { type Effects, hashFile } from "feira/workspace";
import { IngestError } from "./ingest_error.ts";

/** The public download of the dataset; needs no account, and takes one. */
export const KAGGLE_URL =
  "https://www.kaggle.com/api/v1/datasets/download/olistbr/brazilian-ecommerce";

/** The archive as it was when its facts were written down. */
const KNOWN_SHA256 = "967e41e04fc306fe604e2a693f488995a8b41e5047418f8a5c8e4abd6deca784";

/** The real archive has 45 MB and 126 MB unzipped. */
const MAX_ARCHIVE_BYTES = 300_000_000;
const MAX_UNZIPPED_BYTES = 1_000_000_000;

const BY_HAND = "download the dataset by hand and name its folder with --raw";

/** Kaggle did not give the dataset, and nothing is known against using other data. */
export class KaggleUnreachable extends Error {
  override name = "KaggleUnreachable";
}

export interface KaggleSpec {
  readonly url: string;
  readonly effects: Effects;
  readonly signal: AbortSignal | undefined;
  /** How long to wait for an answer to begin. */
  readonly connectMs: number;
}

/**
 * Downloads the archive into a folder and unzips the dataset's files there.
 *
 * @throws {KaggleUnreachable} when there is no answer, or one that refuses.
 * @throws {IngestError} when there is an answer that is not the dataset.
 */
export async function fetchKaggle(dir: string, spec: KaggleSpec): Promise<void> {
  const { log } = spec.effects;
  const archive = join(dir, "archive.zip");
  const response = await ask(spec);
  log(`Downloading the dataset from ${spec.url}`);
  await download(response, { archive, ...spec });
  const sha256 = await hashFile(archive);
  if (sha256 !== KNOWN_SHA256) {
    log(
      `Warning: the archive's SHA-256 is ${sha256}, known is ${KNOWN_SHA256}: not the same files`,
    );
  }
  await unzip(archive, { dir, log, signal: spec.signal });
  await Deno.remove(archive);
}

/** The answer's beginning, within the time to connect. */
async function ask({ url, effects, signal, connectMs }: KaggleSpec): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), connectMs);
  try {
    const response = await effects.fetch(url, {
      headers: credentials(effects),
      signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
    });
    if (response.ok) return response;
    await response.body?.cancel();
    throw new KaggleUnreachable(
      `${url} answered ${response.status} ${response.statusText}`.trimEnd(),
    );
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof KaggleUnreachable) throw cause;
    const reason = late.signal.aborted
      ? `no answer from ${url} within ${connectMs / 1_000} seconds`
      : reasonOf(cause as Error);
    throw new KaggleUnreachable(`it cannot be reached (${reason})`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** Those of `KAGGLE_USERNAME` and `KAGGLE_KEY`; fetch does not pass them on to another host. */
function credentials({ env }: Effects): Record<string, string> {
  const [name, key] = [env("KAGGLE_USERNAME"), env("KAGGLE_KEY")];
  if (name === undefined || key === undefined) return {};
  const account = new TextEncoder().encode(`${name}:${key}`);
  return { authorization: `Basic ${account.toBase64()}` };
}

/** The innermost cause says more than "fetch failed". */
function reasonOf(error: Error): string {
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}

async function download(
  response: Response,
  { archive, url, signal }: KaggleSpec & { archive: string },
): Promise<void> {
  const isHtml = /\bhtml\b/i.test(response.headers.get("content-type") ?? "");
  using out = await Deno.open(archive, { write: true, createNew: true });
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      signal?.throwIfAborted();
      if (size === 0 && (isHtml || !isZip(chunk))) {
        throw notADataset(`${url} sent ${isHtml ? "a web page" : "something that is no zip"}`);
      }
      size += chunk.length;
      if (size > MAX_ARCHIVE_BYTES) throw notADataset(`${url} sent more than 300 MB`);
      for (let done = 0; done < chunk.length;) done += await out.write(chunk.subarray(done));
    }
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof IngestError) throw cause;
    throw new IngestError(
      `Cannot download the dataset: the connection to ${url} broke after ${size} bytes ` +
        `(${(cause as Error).message}), must be whole: run again, or ${BY_HAND}`,
      { kind: "environment", cause },
    );
  }
  if (size === 0) throw notADataset(`${url} sent nothing`);
}

function isZip(chunk: Uint8Array): boolean {
  return chunk[0] === 0x50 && (chunk[1] === 0x4b || chunk.length === 1);
}

function notADataset(found: string): IngestError {
  return new IngestError(
    `Cannot download the dataset: ${found}, must be the dataset's zip archive: ${BY_HAND}`,
  );
}

/** Unzips the dataset's files and nothing else, as a stream. */
async function unzip(
  archive: string,
  { dir, log, signal }: {
    dir: string;
    log: (line: string) => void;
    signal: AbortSignal | undefined;
  },
): Promise<void> {
  const open = new Map<string, Deno.FsFile>();
  let size = 0;
  const unzipper = new Unzip((entry) => {
    checkEntryName(entry.name);
    if (entry.name.endsWith("/")) return;
    if (!TABLES.some(({ file }) => file === entry.name)) {
      log(`The archive's ${entry.name} is not one of the dataset's files, left out`);
      return;
    }
    const out = Deno.openSync(join(dir, entry.name), { write: true, createNew: true });
    open.set(entry.name, out);
    entry.ondata = (error, chunk, isLast) => {
      if (error) throw error;
      size += chunk.length;
      if (size > MAX_UNZIPPED_BYTES) {
        throw notADataset("the archive holds more than 1 GB");
      }
      for (let done = 0; done < chunk.length;) done += out.writeSync(chunk.subarray(done));
      if (!isLast) return;
      out.close();
      open.delete(entry.name);
    };
    entry.start();
  });
  unzipper.register(UnzipInflate);
  try {
    const file = await Deno.open(archive, { read: true });
    for await (const chunk of file.readable) {
      signal?.throwIfAborted();
      unzipper.push(chunk);
    }
    unzipper.push(new Uint8Array(), true);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof IngestError) throw cause;
    throw notADataset(`the archive cannot be unzipped (${(cause as Error).message})`);
  } finally {
    for (const out of open.values()) out.close();
  }
  if (open.size > 0) {
    throw notADataset(`the archive ends in the middle of ${[...open.keys()].join(", ")}`);
  }
}

/** No way up, no root, no drive, no other separators: an entry stays in its folder. */
function checkEntryName(name: string): void {
  const leadsOut = /(^|\/)\.\.(\/|$)|^\/|[\\:\0]/.test(name);
  if (leadsOut) {
    throw notADataset(`the archive has an entry "${name}" that leads out of its folder`);
  }
}
