import type { TableField } from "@google-cloud/bigquery";
import { FeiraError } from "feira/workspace";
import type { BigQueryClient } from "./client.ts";
import { runJob } from "./jobs.ts";
import type { Publication } from "./publish.ts";
import type { SessionSpec } from "./session.ts";
import { FIELD_TYPES } from "./sql.ts";
import { asideOf, maybeLocation, unlessThere } from "./tables.ts";
import { uploading } from "./upload.ts";
import type { Field } from "./values.ts";
import { LOAD_TIMESTAMP } from "../duckdb/load.ts";
import type { StagedTable } from "../_stage_parquet.ts";
import type { ReplaceOptions, TableLoad } from "../warehouse.ts";

/** A table that a killed process left aside goes by itself. */
const ASIDE_LIVES_MS = 24 * 60 * 60 * 1000;

/** What a load becomes, beside the tables of its dataset until it is published. */
export function toPublication(
  load: TableLoad,
  context: ReplaceOptions & { readonly dataset: string; readonly run: string },
): Publication {
  const { dataset, run, loadTimestamp, comment } = context;
  const columns = [...load.columns, ...(loadTimestamp ? [LOAD_TIMESTAMP] : [])];
  return {
    dataset,
    name: load.name,
    from: { dataset, name: asideOf(load.name, run) },
    fields: columns.map(({ name, type, description }): Field => ({
      name,
      type: FIELD_TYPES[type],
      ...(description === undefined ? {} : { description }),
    })),
    comment: [comment, load.comment].filter(Boolean).join("\n"),
  };
}

/** What a load is sent with. */
export interface LoadAside {
  readonly id: string;
  readonly staged: StagedTable;
  readonly session: SessionSpec;
}

/**
 * Loads a file into its table aside.
 *
 * @throws {FeiraError} `failed` when not as many rows arrived as were sent.
 */
export async function loadAside(
  client: BigQueryClient,
  publication: Publication,
  { id, staged, session }: LoadAside,
): Promise<void> {
  const { dataset, from: { name: aside }, fields } = publication;
  const expires = session.now().epochMilliseconds + ASIDE_LIVES_MS;
  await unlessThere(() =>
    client.dataset(dataset).createTable(aside, {
      schema: { fields: fields as TableField[] },
      expirationTime: String(expires),
    })
  );
  const job = await runJob(
    client,
    id,
    uploading(client, {
      path: staged.path,
      onProgress: (sent, total) => session.onUpload?.(publication.name, sent, total),
      configuration: {
        labels: session.labels,
        load: {
          destinationTable: { projectId: client.projectId, datasetId: dataset, tableId: aside },
          sourceFormat: "PARQUET",
          schema: { fields },
          createDisposition: "CREATE_NEVER",
          // What an earlier try has loaded is replaced.
          writeDisposition: "WRITE_TRUNCATE",
        },
      },
    }),
  );
  const loaded = Number(job.statistics?.load?.outputRows ?? 0);
  if (loaded === staged.rows) return;
  throw new FeiraError(
    "failed",
    `Cannot load ${dataset}.${publication.name}: ${loaded} rows have arrived, must be ${staged.rows}`,
  );
}

/**
 * Makes the dataset where it is not there, with what else it is to have.
 *
 * @throws {FeiraError} `environment` when it is there, but in another location.
 */
export async function ensureDataset(
  client: BigQueryClient,
  dataset: string,
  rest: object = {},
): Promise<void> {
  const location = client.location!;
  let there = await maybeLocation(client, dataset);
  if (there === undefined) {
    await unlessThere(() => client.createDataset(dataset, { location, ...rest }));
    there = await maybeLocation(client, dataset);
  }
  if (there === undefined || there.toUpperCase() === location.toUpperCase()) return;
  throw new FeiraError(
    "environment",
    `Cannot write to dataset ${dataset}: it is in ${there}, and FEIRA_BIGQUERY_LOCATION is ${location}, must be the same`,
  );
}
