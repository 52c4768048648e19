import type { BigQueryClient } from "./_bigquery_client.ts";
import { BigQueryFailure, exhausted, mayPass } from "./_bigquery_errors.ts";
import {
  findJob,
  isDuplicate,
  isNotFound,
  type JobResource,
  type StartJob,
} from "./_bigquery_jobs.ts";
import type { Answer } from "./_bigquery_transport.ts";

/** What is sent at once; Google wants a multiple of 256 KiB. */
const CHUNK_BYTES = 8 * 1024 * 1024;

/** A session ends so when it is over, or when the service has forgotten it. */
const SESSION_IS_GONE = new Set([404, 410]);

const RESUME_INCOMPLETE = 308;

/** A file to be loaded. */
export interface Upload {
  readonly path: string;
  /** The load job's configuration. */
  readonly configuration: object;
  /** Bytes that have arrived, and of how many. */
  readonly onProgress?: ((sent: number, total: number) => void) | undefined;
}

/**
 * Starts a load job by uploading its file, resumably: after a lost connection
 * the service is asked how much has arrived, and only the rest is sent again.
 * Memory: one chunk of 8 MiB.
 * https://cloud.google.com/bigquery/docs/reference/api-uploads#resumable
 */
export function uploading(client: BigQueryClient, upload: Upload): StartJob {
  return async (jobId) => {
    using file = await Deno.open(upload.path, { read: true });
    const { size } = await file.stat();
    for (let attempt = 1;; attempt++) {
      try {
        const session = await openSession(client, jobId, { ...upload, size });
        return await sendAll(client, file, { ...upload, session, size });
      } catch (error) {
        if (isDuplicate(error)) return await findJob(client, jobId);
        if (!isSessionGone(error)) throw error;
        // The last answer may have been lost, and the job be there.
        const found = await maybeJob(client, jobId);
        if (found) {
          upload.onProgress?.(size, size);
          return found;
        }
        if (attempt >= client.patience.attempts) throw error;
      }
      await client.patience.pause(attempt);
    }
  };
}

/** Returns the URL that the file's bytes go to. */
async function openSession(
  client: BigQueryClient,
  jobId: string,
  { configuration, size }: Upload & { readonly size: number },
): Promise<string> {
  const { projectId, location } = client;
  const answer = await client.transport.send({
    method: "POST",
    url: `${client.uploadUrl}?uploadType=resumable`,
    headers: {
      "content-type": "application/json",
      "x-upload-content-type": "application/octet-stream",
      "x-upload-content-length": String(size),
    },
    body: JSON.stringify({ jobReference: { projectId, jobId, location }, configuration }),
  }, client.patience);
  const url = answer.headers.get("location");
  if (url === null) {
    throw new BigQueryFailure(answer.status, { message: "no upload session given" });
  }
  return url;
}

interface Session extends Upload {
  readonly session: string;
  readonly size: number;
}

async function sendAll(
  client: BigQueryClient,
  file: Deno.FsFile,
  upload: Session,
): Promise<JobResource> {
  const { patience } = client;
  const { size, onProgress } = upload;
  let sent = 0;
  let failures = 0;
  let isLost = false;
  while (true) {
    try {
      const answer = isLost
        ? await put(client, upload, { range: `*/${size}` })
        : await sendChunk(client, file, { ...upload, from: sent });
      isLost = false;
      if (answer.status !== RESUME_INCOMPLETE) {
        onProgress?.(size, size);
        return answer.body as JobResource;
      }
      const arrived = arrivedBytes(answer);
      if (arrived > sent) failures = 0;
      sent = arrived;
      onProgress?.(sent, size);
    } catch (error) {
      if (!mayPass(error)) throw error;
      if (++failures >= patience.attempts) throw exhausted(error, failures);
      isLost = true;
      await patience.pause(failures);
    }
  }
}

async function sendChunk(
  client: BigQueryClient,
  file: Deno.FsFile,
  upload: Session & { readonly from: number },
): Promise<Answer> {
  const { from, size } = upload;
  const chunk = await readChunk(file, from, Math.min(CHUNK_BYTES, size - from));
  const range = `${from}-${from + chunk.length - 1}/${size}`;
  return await put(client, upload, { range, body: chunk });
}

function put(
  client: BigQueryClient,
  { session }: Session,
  { range, body }: { readonly range: string; readonly body?: Uint8Array<ArrayBuffer> },
): Promise<Answer> {
  return client.transport.send({
    method: "PUT",
    url: session,
    headers: { "content-range": `bytes ${range}` },
    // Without a length a question would hold no body, which some servers refuse.
    body: body ?? new Uint8Array(),
    accept: [RESUME_INCOMPLETE],
    attempts: 1,
  }, client.patience);
}

async function readChunk(
  file: Deno.FsFile,
  from: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  await file.seek(from, Deno.SeekMode.Start);
  const chunk = new Uint8Array(length);
  for (let filled = 0; filled < length;) {
    const read = await file.read(chunk.subarray(filled));
    if (read === null) throw new Error(`the file has become shorter than ${from + length} bytes`);
    filled += read;
  }
  return chunk;
}

/** `bytes=0-99` are 100 bytes; nothing has arrived where the header is absent. */
function arrivedBytes({ headers }: Answer): number {
  const last = /-(\d+)$/.exec(headers.get("range") ?? "")?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}

function isSessionGone(error: unknown): boolean {
  return error instanceof BigQueryFailure && SESSION_IS_GONE.has(error.status);
}

async function maybeJob(client: BigQueryClient, jobId: string): Promise<JobResource | undefined> {
  try {
    return await findJob(client, jobId);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
