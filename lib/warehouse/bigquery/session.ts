import { BigQueryClient, type ClientSpec } from "./client.ts";
import { toBigQueryError } from "./errors.ts";
import { inserting, type JobResource, runJob } from "./jobs.ts";
import { Patience, type PatienceSpec } from "./patience.ts";
import { type QueryParameter } from "./values.ts";

/** Everything that the engine needs; `openBigQuery` fills it in. */
export interface SessionSpec extends ClientSpec {
  /** Sent with every job, to be found again in the bill. */
  readonly labels: Readonly<Record<string, string>>;
  /** No statement may be billed more; the service refuses it. */
  readonly maxBytesBilled?: number | undefined;
  readonly patience: PatienceSpec;
  readonly now: () => Temporal.Instant;
  /** Told of the bytes that a job was billed. */
  readonly onBilled?: ((bytes: number) => void) | undefined;
  /** Told of every part of a file that has arrived. */
  readonly onUpload?: ((table: string, sentBytes: number, totalBytes: number) => void) | undefined;
}

/** A statement to be run as a job. */
export interface Statement {
  /** The job's id, unique to what is to be done. */
  readonly id: string;
  readonly sql: string;
  readonly parameters?: readonly QueryParameter[];
}

/** What a dry run tells of a statement. */
export interface Estimate {
  /** That it would read. */
  readonly bytes: number;
  /** SELECT, INSERT, CREATE_TABLE, SCRIPT …, as BigQuery calls it. */
  readonly type: string;
}

/** How long it may take to put things in order after a failure. */
const TIDY: PatienceSpec = { totalMs: 30_000, attemptMs: 10_000, attempts: 4 };

/** Runs operations and statements, each with its deadline, and adds up what they cost. */
export class Session {
  readonly spec: SessionSpec;
  readonly #client: BigQueryClient;
  #bytesBilled = 0;

  constructor(spec: SessionSpec) {
    this.spec = spec;
    this.#client = new BigQueryClient(spec);
  }

  /** Of all statements that were run in this session. */
  get bytesBilled(): number {
    return this.#bytesBilled;
  }

  /**
   * Does one operation.
   *
   * @param action what is done, for the error: `replace tables of raw_olist`.
   */
  async during<T>(
    action: string,
    signal: AbortSignal | undefined,
    work: (client: BigQueryClient) => Promise<T>,
  ): Promise<T> {
    using patience = new Patience(action, this.spec.patience, signal);
    try {
      return await work(this.#client.during(patience));
    } catch (error) {
      throw toBigQueryError(action, error);
    }
  }

  /** Puts things in order as far as it goes: the error that led here is the one to tell. */
  async tidyUp(steps: readonly ((client: BigQueryClient) => Promise<unknown>)[]): Promise<void> {
    using patience = new Patience("tidy up", TIDY);
    const client = this.#client.during(patience);
    for (const step of steps) await step(client).catch(() => {});
  }

  /** @throws {BigQueryFailure} when BigQuery refuses the statement. */
  async run(client: BigQueryClient, { id, sql, parameters }: Statement): Promise<JobResource> {
    const start = inserting(client, this.#configuration(sql, parameters));
    const job = await runJob(client, id, start);
    const bytes = Number(job.statistics?.query?.totalBytesBilled ?? 0);
    this.#bytesBilled += bytes;
    this.spec.onBilled?.(bytes);
    return job;
  }

  /** What a statement would do; nothing is run and nothing billed. */
  async estimate(
    client: BigQueryClient,
    { sql, parameters }: Omit<Statement, "id">,
  ): Promise<Estimate> {
    const configuration = { ...this.#configuration(sql, parameters), dryRun: true };
    const { statistics } = await inserting(client, configuration)(`feira-${crypto.randomUUID()}`);
    return {
      bytes: Number(statistics?.totalBytesProcessed ?? 0),
      type: statistics?.query?.statementType ?? "SELECT",
    };
  }

  #configuration(sql: string, parameters: readonly QueryParameter[] = []) {
    const { labels, maxBytesBilled } = this.spec;
    return {
      labels,
      query: {
        query: sql,
        useLegacySql: false,
        ...(parameters.length === 0
          ? {}
          : { parameterMode: "POSITIONAL", queryParameters: parameters }),
        ...(maxBytesBilled === undefined ? {} : { maximumBytesBilled: String(maxBytesBilled) }),
      },
    };
  }
}
