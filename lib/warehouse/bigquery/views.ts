import { quoteText, tableName } from "./sql.ts";

/** A view as it is there, or is to be. */
export interface View {
  readonly dataset: string;
  readonly name: string;
  readonly query: string;
  readonly comment: string;
}

/** Names of at least two parts behind `from` and `join`: `project`.`dataset`.`table`. */
const SOURCE = /\b(?:from|join)\s+((?:`[^`]+`|[\w-]+)(?:\s*\.\s*(?:`[^`]+`|[\w-]+))*)/gi;

/**
 * The tables and views that a query reads and names with their dataset, as
 * `dataset.table`. Its own subqueries have names of one part.
 */
export function sourcesOf(query: string): string[] {
  const names = [...query.matchAll(SOURCE)].map(([, name]) => name!.replace(/[`\s]/g, ""));
  return names.map((name) => name.split(".").slice(-2)).filter(({ length }) => length === 2)
    .map((parts) => parts.join("."));
}

/** Puts other datasets' names into a query, wherever one stands as a whole word. */
export function renameDatasets(query: string, names: ReadonlyMap<string, string>): string {
  return query.replace(/[\w-]+/g, (word) => names.get(word) ?? word);
}

/** Views in an order in which each comes after those that it reads. */
export function inOrder(views: readonly View[]): View[] {
  const left = new Map(views.map((view) => [`${view.dataset}.${view.name}`, view]));
  const ordered: View[] = [];
  const place = (key: string) => {
    const view = left.get(key);
    if (view === undefined) return;
    left.delete(key);
    for (const source of sourcesOf(view.query)) place(source);
    ordered.push(view);
  };
  for (const { dataset, name } of views) place(`${dataset}.${name}`);
  return ordered;
}

/** The statement that makes or replaces a view. */
export function viewStatement({ dataset, name, query, comment }: View): string {
  const options = comment === "" ? "" : ` options (description = ${quoteText(comment)})`;
  // The query may end with a comment, which must not swallow what follows.
  return `create or replace view ${tableName(dataset, name)}${options} as\n${query}\n`;
}
