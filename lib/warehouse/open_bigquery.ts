import { type Effects, FeiraError, systemEffects, type Workspace } from "feira/workspace";
import type { PatienceSpec } from "./bigquery/patience.ts";
import type { SessionSpec } from "./bigquery/session.ts";
import { recordBytesBilled } from "./bytes_billed.ts";
import type { Warehouse } from "./warehouse.ts";

/** How BigQuery is reached and held in check; everything is optional. */
export interface BigQueryOptions {
  /** The project that pays and holds the datasets. Default: `GOOGLE_CLOUD_PROJECT`. */
  readonly projectId?: string;
  /** Where datasets are made and jobs run. Default: `FEIRA_BIGQUERY_LOCATION`, else `US`. */
  readonly location?: string;
  /**
   * Instead of Google's: an emulator, or a private way to the service. Default:
   * `FEIRA_BIGQUERY_ENDPOINT`. Credentials are sent to `https:` only.
   */
  readonly endpoint?: string;
  /** A statement that would be billed more is refused. Default: `FEIRA_MAX_BYTES_BILLED`. */
  readonly maxBytesBilled?: number;
  /** Refuses statements that write, by what a dry run calls them. Default false. */
  readonly readOnly?: boolean;
  /**
   * A query that would read this many bytes is announced, with its cost, in the
   * log before it runs. Default: none is.
   */
  readonly announceBytes?: number;
  /**
   * Added to every job beside `feira_project`. Default: `notebook` and `run`, as
   * `FEIRA_NOTEBOOK` and `FEIRA_RUN` say.
   */
  readonly labels?: Readonly<Record<string, string>>;
  /** Deadline and retries of every operation. Default: half an hour, and eight tries. */
  readonly patience?: PatienceSpec;
  /** Rows that are asked for at once. Default 10,000. */
  readonly pageRows?: number;
  /** Told of every part of a file that has arrived. */
  readonly onUpload?: (table: string, sentBytes: number, totalBytes: number) => void;
  readonly effects?: Effects;
}

/**
 * Opens BigQuery as the project's warehouse. Asks nothing yet: what credentials,
 * roles and settings are missing is said by the first statement.
 *
 * Credentials are Google's Application Default Credentials; they are neither
 * kept nor logged.
 *
 * @throws {FeiraError} `usage` when no project is named or a number is none.
 *
 * @example
 * ```ts
 * import { openBigQuery } from "feira/warehouse";
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const warehouse = await openBigQuery(openWorkspace(), { projectId: "my-project" });
 * assert.equal(warehouse.nameOf("raw_olist", "orders"), "`raw_olist`.`orders`");
 * ```
 */
export async function openBigQuery(
  workspace: Workspace,
  options: BigQueryOptions = {},
): Promise<Warehouse> {
  const { pageRows = 10_000, readOnly = false, announceBytes, effects = systemEffects } = options;
  const spec = toSessionSpec(workspace, options);
  // Only now: the client is large, and a run on DuckDB has no use for it.
  const { BigQueryWarehouse } = await import("./bigquery/warehouse.ts");
  return new BigQueryWarehouse({ ...spec, pageRows, readOnly, announceBytes, log: effects.log });
}

/**
 * What a session is made from.
 *
 * @throws {FeiraError} `usage` as {@linkcode openBigQuery} does.
 */
export function toSessionSpec(workspace: Workspace, options: BigQueryOptions = {}): SessionSpec {
  const { effects = systemEffects, patience = {} } = options;
  const projectId = options.projectId ?? effects.env("GOOGLE_CLOUD_PROJECT");
  if (projectId === undefined) {
    throw new FeiraError(
      "usage",
      "Cannot open BigQuery: GOOGLE_CLOUD_PROJECT is not set, must be the id of the project that pays",
    );
  }
  return {
    projectId,
    location: options.location ?? effects.env("FEIRA_BIGQUERY_LOCATION") ?? "US",
    apiEndpoint: options.endpoint ?? effects.env("FEIRA_BIGQUERY_ENDPOINT"),
    maxBytesBilled: options.maxBytesBilled ?? toBytes(effects.env("FEIRA_MAX_BYTES_BILLED")),
    labels: toLabels({
      feira_project: workspace.project,
      ...(options.labels ?? labelsOf(effects)),
    }),
    patience,
    fetch: effects.fetch,
    now: effects.now,
    onUpload: options.onUpload,
    onBilled: (bytes) => recordBytesBilled(bytes, effects),
  };
}

function labelsOf({ env }: Effects): Record<string, string> {
  const [notebook, run] = [env("FEIRA_NOTEBOOK"), env("FEIRA_RUN")];
  return { ...(notebook && { notebook }), ...(run && { run }) };
}

function toBytes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const bytes = Number(text);
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new FeiraError(
    "usage",
    `Cannot open BigQuery: FEIRA_MAX_BYTES_BILLED is "${text}", must be a whole number of bytes`,
  );
}

/** Lower-case letters, digits, `_` and `-`, at most 63: what BigQuery takes as a label. */
function toLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  const fit = (text: string) => text.toLowerCase().replace(/[^a-z0-9_-]/g, "_").slice(0, 63);
  return Object.fromEntries(Object.entries(labels).map(([name, text]) => [fit(name), fit(text)]));
}
