import { hashText } from "feira/workspace";
import type { BigQueryClient } from "./client.ts";
import { stampOf, type TableResource, tablesIn } from "./tables.ts";
import { sourcesOf } from "./views.ts";

/**
 * Versions of a dataset's tables and views by name. A view's is made from its
 * own and those of all that it reads, in whatever dataset.
 *
 * Requests: one list and one for each table of each dataset that is concerned.
 */
export async function tableVersions(
  client: BigQueryClient,
  dataset: string,
): Promise<Map<string, string>> {
  const listed = new Map<string, Promise<Map<string, TableResource>>>();
  const tablesOf = (name: string) => {
    const found = listed.get(name) ?? tablesIn(client, name);
    listed.set(name, found);
    return found;
  };
  const versionOf = async (place: string, name: string, seen: readonly string[]) => {
    const table = (await tablesOf(place)).get(name);
    if (table === undefined) return "none";
    const own = stampOf(table);
    const key = `${place}.${name}`;
    if (table.view === undefined || seen.includes(key)) return own;
    const parts = [own];
    for (const source of new Set(sourcesOf(table.view.query))) {
      const [otherDataset, otherName] = source.split(".") as [string, string];
      parts.push(`${source} ${await versionOf(otherDataset, otherName, [...seen, key])}`);
    }
    return hashText(parts.join("\n"));
  };
  const versions = new Map<string, string>();
  for (const name of (await tablesOf(dataset)).keys()) {
    versions.set(name, await versionOf(dataset, name, []));
  }
  return versions;
}
