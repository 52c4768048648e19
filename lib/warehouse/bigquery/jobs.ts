import type { BigQueryClient } from "./client.ts";
import { BigQueryFailure, type ErrorProto, isPassing } from "./errors.ts";
import { Patience, waitFor } from "./patience.ts";

const FIRST_LOOK_MS = 100;
const LONGEST_LOOK_MS = 2000;
const STOP_MS = 5000;

/** What is read of a job's resource. */
export interface JobResource {
  readonly jobReference: { readonly jobId: string; readonly location?: string };
  readonly status: { readonly state: string; readonly errorResult?: ErrorProto };
  readonly statistics?: {
    readonly totalBytesProcessed?: string;
    readonly query?: {
      readonly statementType?: string;
      readonly totalBytesBilled?: string;
    };
    readonly load?: { readonly outputRows?: string };
  };
}

/** Starts a job under the id it is given, or finds the one that is there under it. */
export type StartJob = (jobId: string) => Promise<JobResource>;

/**
 * Runs a job to its end, once: its id is ours, so that a start whose answer was
 * lost is found again instead of being repeated. A job that failed for a
 * passing reason is run again under the next id.
 *
 * @param id of letters, digits, `-` and `_`; unique to what is to be done.
 * @throws {BigQueryFailure} when the job has failed.
 * @throws the signal's reason when aborted; the job is then asked to stop.
 */
export async function runJob(
  client: BigQueryClient,
  id: string,
  start: StartJob,
): Promise<JobResource> {
  const { patience } = client;
  for (let attempt = 1;; attempt++) {
    const job = await settle(client, await start(`${id}-${attempt}`));
    const { errorResult } = job.status;
    if (errorResult === undefined) return job;
    const failure = new BigQueryFailure(0, errorResult);
    if (!isPassing(failure) || attempt >= patience.attempts) throw failure;
    await patience.pause(attempt);
  }
}

/** Starts a job that is described by its configuration alone. */
export function inserting(client: BigQueryClient, configuration: object): StartJob {
  return async (jobId) => {
    try {
      const [job] = await client.createJob({ jobId, configuration });
      return job.metadata as JobResource;
    } catch (error) {
      if (isDuplicate(error)) return await findJob(client, jobId);
      // The client throws for every error that a job's resource tells of, warnings too.
      const { response } = error as { response?: JobResource };
      if (response?.status === undefined) throw error;
      return response;
    }
  };
}

/** The job that was started under an id, by a request whose answer was lost. */
export async function findJob(
  client: BigQueryClient,
  jobId: string,
  location = client.location!,
): Promise<JobResource> {
  const [found] = await client.job(jobId, { location }).getMetadata();
  return found as JobResource;
}

/** Whether a job, table or dataset of that name is there already. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof BigQueryFailure && error.status === 409;
}

/** Whether what was asked for is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof BigQueryFailure && error.status === 404;
}

async function settle(client: BigQueryClient, started: JobResource): Promise<JobResource> {
  const { jobId, location = client.location! } = started.jobReference;
  const { signal } = client.patience;
  let job = started;
  try {
    for (
      let ms = FIRST_LOOK_MS;
      job.status.state !== "DONE";
      ms = Math.min(2 * ms, LONGEST_LOOK_MS)
    ) {
      await waitFor(ms, signal);
      job = await findJob(client, jobId, location);
    }
  } catch (error) {
    if (signal.aborted) await stopJob(client, jobId, location);
    throw error;
  }
  return job;
}

/** Asks once; what matters is why it is stopped, not whether it was heard. */
async function stopJob(client: BigQueryClient, jobId: string, location: string): Promise<void> {
  using patience = new Patience("stop a job", { totalMs: STOP_MS, attempts: 1 });
  await client.during(patience).job(jobId, { location }).cancel().catch(() => {});
}
