import type { BigQueryClient } from "./client.ts";
import { isDuplicate, isNotFound } from "./jobs.ts";
import { inParallel } from "../_in_parallel.ts";
import type { Field } from "./values.ts";

/** What is read of a table's resource. */
export interface TableResource {
  /** TABLE, VIEW, MATERIALIZED_VIEW, EXTERNAL or SNAPSHOT. */
  readonly type?: string;
  readonly description?: string;
  readonly numRows?: string;
  /** Milliseconds since 1970. */
  readonly creationTime?: string;
  /** Milliseconds since 1970, of the last change of rows, columns or descriptions. */
  readonly lastModifiedTime?: string;
  readonly view?: { readonly query: string };
  readonly tableConstraints?: { readonly primaryKey?: { readonly columns: readonly string[] } };
  readonly schema?: { readonly fields?: readonly Field[] };
}

/** The names that tables have while they are loaded aside. */
const ASIDE = /__feira_[0-9a-f]{8}$/;

/** Where a table is loaded before it is published. */
export function asideOf(name: string, run: string): string {
  return `${name}__feira_${run}`;
}

/** A table's or view's resource; undefined when it is not there. */
export async function maybeTable(
  client: BigQueryClient,
  dataset: string,
  name: string,
): Promise<TableResource | undefined> {
  return await unlessGone(async () => {
    const [found] = await client.dataset(dataset).table(name).getMetadata();
    return found as TableResource;
  });
}

/** A dataset's location; undefined when it is not there. */
export async function maybeLocation(
  client: BigQueryClient,
  dataset: string,
): Promise<string | undefined> {
  return await unlessGone(async () => {
    const [found] = await client.dataset(dataset).getMetadata();
    return (found as { location: string }).location;
  });
}

/** The names of a dataset's tables and views, sorted, without what is loaded aside. */
export async function tableNames(client: BigQueryClient, dataset: string): Promise<string[]> {
  const names: string[] = [];
  await unlessGone(async () => {
    let pageToken: string | undefined;
    do {
      const [tables, , answer] = await client.dataset(dataset).getTables({
        autoPaginate: false,
        ...(pageToken === undefined ? {} : { pageToken }),
      });
      for (const { id } of tables) if (id !== undefined && !ASIDE.test(id)) names.push(id);
      pageToken = (answer as { nextPageToken?: string } | undefined)?.nextPageToken;
    } while (pageToken !== undefined);
  });
  return names.sort();
}

/** All tables and views of a dataset by name, without what is loaded aside; metadata is free. */
export async function tablesIn(
  client: BigQueryClient,
  dataset: string,
): Promise<Map<string, TableResource>> {
  const names = await tableNames(client, dataset);
  const found = await inParallel(names, (name) => maybeTable(client, dataset, name));
  return new Map(
    names.flatMap((name, index) => found[index] === undefined ? [] : [[name, found[index]]]),
  );
}

/** What changes whenever a table does, or is another one of the same name. */
export function stampOf({ type, creationTime, lastModifiedTime, numRows }: TableResource): string {
  return [type, creationTime, lastModifiedTime, numRows ?? ""].join(" ");
}

/** Makes something; that it was there, or was made by a lost request, is fine. */
export async function unlessThere(make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

async function unlessGone<T>(find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
