import { FeiraError } from "feira/workspace";
import type { BigQueryClient } from "./client.ts";
import { BigQueryFailure, isPassing, toBigQueryError } from "./errors.ts";
import { describe } from "./describe.ts";
import {
  findTarget,
  maybeDropColumns,
  type Planned,
  type Publication,
  publishScript,
} from "./publish.ts";
import type { Session } from "./session.ts";
import { maybeTable } from "./tables.ts";

/** Of one transaction; https://cloud.google.com/bigquery/docs/transactions#limitations */
const MOST_TABLES = 100;

/** What is published together. */
export interface Exchange {
  readonly publications: readonly Publication[];
  /** Statements that follow in the same job. */
  readonly after?: readonly string[];
  /** The job's id. */
  readonly id: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One job is the moment of change: before it nothing is changed, after it all is.
 *
 * @throws {FeiraError} `failed` for more tables than a transaction takes, `data`
 * as {@linkcode findTarget} does, `environment` when nobody has seen how it ended.
 */
export async function publishTables(
  session: Session,
  client: BigQueryClient,
  { publications, after = [], id, signal }: Exchange,
): Promise<void> {
  if (publications.length > MOST_TABLES) {
    throw new FeiraError(
      "failed",
      `Cannot publish tables: found ${publications.length} that belong together, must be at most ${MOST_TABLES}, as a transaction of BigQuery takes`,
    );
  }
  const planned: Planned[] = [];
  for (const publication of publications) {
    planned.push({ ...publication, target: await findTarget(client, publication) });
  }
  try {
    await session.run(client, { id, sql: publishScript(planned, after) });
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
