import { FeiraError } from "feira/workspace";
import type { BigQueryClient } from "./client.ts";
import type { Copied, DatasetPair } from "./copy.ts";
import { publishTables } from "./exchange.ts";
import { ensureDataset } from "./load.ts";
import { describe } from "./describe.ts";
import type { Publication } from "./publish.ts";
import type { Session } from "./session.ts";
import { tableName } from "./sql.ts";
import { stampOf, type TableResource, tablesIn } from "./tables.ts";
import { inOrder, renameDatasets, viewStatement } from "./views.ts";

/** A table or view of a working dataset. */
type Item = Omit<Copied, "stamp">;

/** What a work has done. */
interface Difference {
  /** Made or changed. */
  readonly tables: readonly Item[];
  readonly views: readonly Item[];
  /** Dropped: the published ones. */
  readonly gone: readonly Item[];
}

/**
 * Brings what a work has changed into the published datasets, in one job: the
 * tables in one transaction, and behind it the views, with the datasets' names
 * put back, and what was dropped.
 *
 * @param copied what was there when the work began.
 * @throws {FeiraError} `failed` when a published table or view has changed since.
 */
export async function publishWork(
  session: Session,
  client: BigQueryClient,
  { id, pairs, copied }: {
    readonly id: string;
    readonly pairs: readonly DatasetPair[];
    readonly copied: readonly Copied[];
  },
): Promise<void> {
  const { tables, views, gone } = await findDifference(client, pairs, copied);
  if (tables.length + views.length + gone.length === 0) return;
  for (const { published } of pairs) await ensureDataset(client, published);
  const names = new Map(pairs.map(({ published, working }) => [working, published]));
  const publishedViews = views.map(({ pair, name, table }) => ({
    dataset: pair.published,
    name,
    query: renameDatasets(table.view!.query, names),
    comment: table.description ?? "",
    fields: table.schema?.fields ?? [],
  }));
  const wasTable = ({ pair, name }: Item) =>
    copied.some((item) => item.pair === pair && item.name === name && item.table.type === "TABLE");
  await publishTables(session, client, {
    id: `feira-${id}-publish`,
    publications: tables.map(toPublication),
    after: [
      ...views.filter(wasTable).map((item) => dropStatement(item, "TABLE")),
      ...inOrder(publishedViews).map(viewStatement),
      ...gone.map((item) => dropStatement(item, item.table.type)),
    ],
  });
  for (const view of publishedViews) await describe(client, view);
}

async function findDifference(
  client: BigQueryClient,
  pairs: readonly DatasetPair[],
  copied: readonly Copied[],
): Promise<Difference> {
  const changed: Item[] = [];
  const gone: Item[] = [];
  for (const pair of pairs) {
    const before = new Map(
      copied.filter((item) => item.pair === pair).map((item) => [item.name, item]),
    );
    assertUntouched(pair, before, await tablesIn(client, pair.published));
    const there = await tablesIn(client, pair.working);
    for (const [name, table] of there) {
      if (before.get(name)?.stamp !== stampOf(table)) changed.push({ pair, name, table });
    }
    gone.push(...before.values().filter(({ name }) => !there.has(name)));
  }
  const ofType = (type: string) => changed.filter(({ table }) => table.type === type);
  return { tables: ofType("TABLE"), views: ofType("VIEW"), gone };
}

/** Else what others have written meanwhile would be lost. */
function assertUntouched(
  { published }: DatasetPair,
  before: ReadonlyMap<string, Copied>,
  now: ReadonlyMap<string, TableResource>,
): void {
  const isCopied = ({ type = "" }: TableResource) => ["TABLE", "VIEW"].includes(type);
  const names = new Set([...before.keys(), ...now.keys()]);
  for (const name of names) {
    const [then, there] = [before.get(name)?.table, now.get(name)];
    const isSame = then && there
      ? stampOf(then) === stampOf(there)
      : then === undefined && there !== undefined && !isCopied(there);
    if (isSame) continue;
    throw new FeiraError(
      "failed",
      `Cannot commit work: ${published}.${name} was changed since the work began, must stay as it was`,
    );
  }
}

function toPublication({ pair, name, table }: Item): Publication {
  return {
    dataset: pair.published,
    name,
    from: { dataset: pair.working, name },
    fields: table.schema?.fields ?? [],
    comment: table.description ?? "",
    key: table.tableConstraints?.primaryKey?.columns,
  };
}

function dropStatement({ pair, name }: Item, type = "TABLE"): string {
  return `drop ${type.toLowerCase()} if exists ${tableName(pair.published, name)}`;
}
