import type { BigQueryClient } from "./client.ts";
import { BigQueryFailure, ConnectionLost, exhausted, mayPass } from "./errors.ts";
import { findJob, isNotFound, type JobResource, type StartJob } from "./jobs.ts";
import type { Answer } from "./transport.ts";

/** What is sent at once; Google wants a multiple of 256 KiB. */
const CHUNK_BYTES = 8 * 1024 * 1024;

/** How a session answers that is over or forgotten, or whose job is there already. */
const SESSION_IS_GONE: readonly number[] = [404, 409, 410];

const RESUME_INCOMPLETE = 308;
const DUPLICATE = 409;

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
      const session = await maybeSession(client, jobId, { ...upload, size });
      const job = session === undefined
        ? await findJob(client, jobId)
        // A session that is gone may have ended well, and its answer been lost.
        : await maybeSent(client, file, { ...upload, session, size }) ??
          await maybeJob(client, jobId);
      if (job) {
        upload.onProgress?.(size, size);
        return job;
      }
      if (attempt >= client.patience.attempts) {
        throw exhausted(new ConnectionLost("upload sessions end too early"), attempt);
      }
      await client.patience.pause(attempt);
    }
  };
}

/** The URL that the file's bytes go to; undefined when there is such a job already. */
async function maybeSession(
  client: BigQueryClient,
  jobId: string,
  { configuration, size }: Upload & { readonly size: number },
): Promise<string | undefined> {
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
    accept: [DUPLICATE],
  }, client.patience);
  if (answer.status === DUPLICATE) return undefined;
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

/** The job that has the whole file; undefined when the session is gone. */
async function maybeSent(
  client: BigQueryClient,
  file: Deno.FsFile,
  upload: Session,
): Promise<JobResource | undefined> {
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
      if (SESSION_IS_GONE.includes(answer.status)) return undefined;
      if (answer.status !== RESUME_INCOMPLETE) return answer.body as JobResource;
      const arrived = arrivedBytes(answer);
      if (arrived >= size) throw new ConnectionLost("all has arrived, and there is no job yet");
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
    accept: [RESUME_INCOMPLETE, ...SESSION_IS_GONE],
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

async function maybeJob(client: BigQueryClient, jobId: string): Promise<JobResource | undefined> {
  try {
    return await findJob(client, jobId);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
