import { FeiraError } from "feira/workspace";
import type { BigQueryClient } from "./_bigquery_client.ts";
import { BigQueryFailure, isPassing, toBigQueryError } from "./_bigquery_errors.ts";
import { ensureDataset, loadAside, toPublication } from "./_bigquery_load.ts";
import {
  describe,
  findTarget,
  maybeDropColumns,
  type Planned,
  type Publication,
  publishScript,
} from "./_bigquery_publish.ts";
import type { Session } from "./_bigquery_session.ts";
import { maybeTable } from "./_bigquery_tables.ts";
import { openStage, type StagedTable } from "./_stage_parquet.ts";
import type { ReplaceOptions, TableLoad } from "./warehouse.ts";

/**
 * Replaces tables of a dataset, all or none, in four steps: every load is
 * written to a file here, so that what is wrong with its rows is found before
 * anything is sent; every file is loaded into a table aside; one job publishes
 * them all; what was aside goes. Whatever ends it before that one job is done,
 * a killed process too, leaves every table as it was.
 */
export async function replaceTables(
  session: Session,
  { dataset, loads, options }: {
    readonly dataset: string;
    readonly loads: readonly TableLoad[];
    readonly options: ReplaceOptions;
  },
): Promise<{ name: string; rows: number }[]> {
  const run = crypto.randomUUID().slice(0, 8);
  await using stage = await openStage();
  const staged: StagedTable[] = [];
  for (const load of loads) staged.push(await stage.write(dataset, load, options));
  const publications = loads.map((load) => toPublication(load, { ...options, dataset, run }));
  await session.during(`replace tables of ${dataset}`, options.signal, async (client) => {
    await ensureDataset(client, dataset);
    try {
      for (const [index, publication] of publications.entries()) {
        await loadAside(client, publication, {
          id: `feira-${run}-load-${index}`,
          staged: staged[index]!,
          session: session.spec,
        });
      }
      await publish(session, client, {
        publications,
        id: `feira-${run}-publish`,
        signal: options.signal,
      });
    } finally {
      await session.tidyUp(
        publications.map(({ aside }) => (client) => client.dataset(dataset).table(aside).delete()),
      );
    }
  });
  return loads.map(({ name }, index) => ({ name, rows: staged[index]!.rows }));
}

/** One job is the moment of change: before it nothing is changed, after it all is. */
async function publish(
  session: Session,
  client: BigQueryClient,
  { publications, id, signal }: {
    readonly publications: readonly Publication[];
    readonly id: string;
    readonly signal: AbortSignal | undefined;
  },
): Promise<void> {
  const planned: Planned[] = [];
  for (const publication of publications) {
    planned.push({ ...publication, target: await findTarget(client, publication) });
  }
  try {
    await session.run(client, { id, sql: publishScript(planned) });
  } catch (error) {
    if (!hasSurelyFailed(error)) throw signal?.aborted ? error : toUnknownEnd(error, id);
    await session.tidyUp(planned.map((publication) => (other) => undefine(other, publication)));
    throw error;
  }
  for (const [index, publication] of planned.entries()) {
    const sql = maybeDropColumns(publication);
    if (sql) await session.run(client, { id: `${id}-columns-${index}`, sql });
    await describe(client, publication);
  }
}

/** A job that has failed, or was refused; not one that may have been started unseen. */
function hasSurelyFailed(error: unknown): boolean {
  if (!(error instanceof BigQueryFailure)) return false;
  return error.status === 0 || ([400, 403].includes(error.status) && !isPassing(error));
}

function toUnknownEnd(cause: unknown, id: string): FeiraError {
  const { message } = toBigQueryError("publish tables", cause);
  return new FeiraError(
    "environment",
    `${message}; whether all tables are new or all are old, the jobs ${id} of the project tell`,
    { cause },
  );
}

/** Takes back what the script of a failed transaction has defined before it. */
async function undefine(
  client: BigQueryClient,
  { dataset, name, target }: Planned,
): Promise<void> {
  const there = await maybeTable(client, dataset, name);
  const table = client.dataset(dataset).table(name);
  if (target) {
    if (there && there.description !== target.comment) {
      await table.setMetadata({ description: target.comment });
    }
    // Only what is empty can be what the script has made.
  } else if (there?.numRows === "0") await table.delete();
}
