import type { BigQueryClient } from "./client.ts";
import { toBigQueryError } from "./errors.ts";
import { inserting, isNotFound, runJob } from "./jobs.ts";
import { ensureDataset } from "./load.ts";
import { describe } from "./describe.ts";
import type { Session } from "./session.ts";
import { maybeTable, stampOf, type TableResource, tablesIn } from "./tables.ts";
import { inOrder, renameDatasets, viewStatement } from "./views.ts";
import { inParallel } from "../_in_parallel.ts";

/** A work that was left goes by itself; a run is over long before. */
const LIVES_MS = 24 * 60 * 60 * 1000;

/** The label of a work's datasets; its value is when it began, in seconds since 1970. */
const LABEL = "feira_work";

/** A published dataset and the one that a run works on instead. */
export interface DatasetPair {
  readonly published: string;
  readonly working: string;
}

/** A table or view of a pair, as both sides were when the work began. */
export interface Copied {
  readonly pair: DatasetPair;
  readonly name: string;
  /** The published one's. */
  readonly table: TableResource;
  /** The working one's stamp. */
  readonly stamp: string;
}

/** Makes a pair's working dataset: empty, and gone in a day whatever happens. */
export async function makeWorkingDataset(
  client: BigQueryClient,
  { working }: DatasetPair,
  { spec }: Session,
): Promise<void> {
  const seconds = Math.floor(spec.now().epochMilliseconds / 1000);
  await ensureDataset(client, working, {
    defaultTableExpirationMs: String(LIVES_MS),
    labels: { ...spec.labels, [LABEL]: String(seconds) },
  });
}

/**
 * Fills the working datasets: tables by copy jobs, which cost nothing and move
 * no row through this machine, then the views, reading the copies. What is
 * neither, such as a materialized view of somebody's own, stays out.
 */
export async function copyDatasets(
  session: Session,
  client: BigQueryClient,
  { id, pairs }: { readonly id: string; readonly pairs: readonly DatasetPair[] },
): Promise<Copied[]> {
  const found: Omit<Copied, "stamp">[] = [];
  for (const pair of pairs) {
    for (const [name, table] of await tablesIn(client, pair.published)) {
      found.push({ pair, name, table });
    }
  }
  const ofType = (wanted: string) => found.filter(({ table }) => table.type === wanted);
  const tables = ofType("TABLE");
  await inParallel(tables, (item, index) => {
    return copyTable(session, client, { ...item, id: `feira-${id}-copy-${index}` });
  });
  const views = ofType("VIEW");
  await makeViews(session, client, { id: `feira-${id}-views`, views, pairs });
  return await inParallel([...tables, ...views], async ({ pair, name, table }) => {
    const { description = "", schema } = table;
    // A copy may come without its description, and a view comes without its columns'.
    const told = { dataset: pair.working, name, comment: description };
    await describe(client, { ...told, fields: schema?.fields ?? [] });
    const copy = await maybeTable(client, pair.working, name);
    return { pair, name, table, stamp: copy === undefined ? "" : stampOf(copy) };
  });
}

/** Removes working datasets with all that is in them, as far as it goes; the rest expires. */
export async function dropWorkingDatasets(
  session: Session,
  names: readonly string[],
): Promise<void> {
  await session.tidyUp(
    names.map((name) => (client) => client.dataset(name).delete({ force: true })),
  );
}

/** The project's working datasets whose day is over: their runs were killed. */
export async function findLeftOvers(
  client: BigQueryClient,
  { spec }: Session,
  published: readonly string[],
): Promise<string[]> {
  const before = spec.now().epochMilliseconds - LIVES_MS;
  const [datasets] = await client.getDatasets({ filter: `labels.${LABEL}` });
  return datasets.flatMap(({ id = "", metadata }) => {
    const began = Number(metadata.labels?.[LABEL] ?? NaN) * 1000;
    const isOurs = published.includes(id.replace(/__work_[0-9a-f]{8}$/, ""));
    return isOurs && began < before ? [id] : [];
  });
}

async function copyTable(
  { spec: { labels } }: Session,
  client: BigQueryClient,
  { pair, name, id }: Pick<Copied, "pair" | "name"> & { readonly id: string },
): Promise<void> {
  const place = (datasetId: string) => ({ projectId: client.projectId, datasetId, tableId: name });
  const copy = {
    sourceTable: place(pair.published),
    destinationTable: place(pair.working),
    // What an earlier try has copied is replaced.
    writeDisposition: "WRITE_TRUNCATE",
  };
  try {
    await runJob(client, id, inserting(client, { labels, copy }));
  } catch (error) {
    // Gone since it was listed: then it is not there to be worked on.
    if (!isNotFound(error)) throw toBigQueryError(`copy ${pair.published}.${name}`, error);
  }
}

async function makeViews(
  session: Session,
  client: BigQueryClient,
  { id, views, pairs }: {
    readonly id: string;
    readonly views: readonly Omit<Copied, "stamp">[];
    readonly pairs: readonly DatasetPair[];
  },
): Promise<void> {
  if (views.length === 0) return;
  const names = new Map(pairs.map(({ published, working }) => [published, working]));
  const statements = inOrder(views.map(({ pair, name, table }) => ({
    dataset: pair.working,
    name,
    query: renameDatasets(table.view!.query, names),
    comment: table.description ?? "",
  }))).map((view) => `${viewStatement(view)};`);
  await session.run(client, { id, sql: statements.join("\n") });
}
