import { FeiraError } from "feira/workspace";
import type { BigQueryClient } from "./client.ts";
import { quoteName, quoteText, sqlType, tableName } from "./sql.ts";
import { maybeTable } from "./tables.ts";
import type { Field } from "./values.ts";

/** A table that is to get the rows of another one, made where no reader looks. */
export interface Publication {
  readonly dataset: string;
  readonly name: string;
  /** Where the rows are. */
  readonly from: { readonly dataset: string; readonly name: string };
  readonly fields: readonly Field[];
  readonly comment: string;
  /** The columns of its primary key, where it has one. */
  readonly key?: readonly string[] | undefined;
}

/** What is there under a publication's name; undefined when nothing is. */
export interface Target {
  readonly fields: readonly Field[];
  readonly comment: string;
}

/** A publication and what it finds. */
export type Planned = Publication & { readonly target: Target | undefined };

/** @throws {FeiraError} `data` when it is no table, or a column is there with another type. */
export async function findTarget(
  client: BigQueryClient,
  publication: Publication,
): Promise<Target | undefined> {
  const found = await maybeTable(client, publication.dataset, publication.name);
  if (!found) return undefined;
  const { type = "TABLE", description = "", schema } = found;
  const name = `${publication.dataset}.${publication.name}`;
  if (type !== "TABLE") {
    throw new FeiraError(
      "data",
      `Cannot replace ${name}: it is a ${type}, must be a table or gone`,
    );
  }
  const target = { fields: schema?.fields ?? [], comment: description };
  for (const field of publication.fields) {
    const there = columnOf(target, field.name);
    if (there === undefined || sqlType(there) === sqlType(field)) continue;
    throw new FeiraError(
      "data",
      `Cannot replace ${name}: its column ${field.name} is ${sqlType(there)}, must be ${
        sqlType(field)
      } (drop the table to change a type)`,
    );
  }
  return target;
}

/**
 * The script that gives all targets their rows, at once; `after` are statements
 * that follow when that is done.
 *
 * A copy job would replace one table whole, but two copies are two changes. So
 * the rows are exchanged in one transaction: the job fails before its end, or
 * all is done. What the transaction cannot hold, because it
 * defines tables, goes before it and hurts no reader: a table that is not there
 * yet is made empty, and columns that are new are added, NULL in the old rows.
 * Run twice it does the same, so that it may be run again.
 * https://cloud.google.com/bigquery/docs/transactions
 */
export function publishScript(
  publications: readonly Planned[],
  after: readonly string[] = [],
): string {
  const exchange = publications.length === 0 ? [] : [
    ...publications.flatMap((publication) => definitions(publication)),
    "begin transaction",
    ...publications.flatMap(({ dataset, name, from, fields }) => {
      const table = tableName(dataset, name);
      const columns = fields.map((field) => quoteName(field.name)).join(", ");
      return [
        `truncate table ${table}`,
        `insert into ${table} (${columns}) select ${columns} from ${
          tableName(from.dataset, from.name)
        }`,
      ];
    }),
    "commit transaction",
  ];
  return [...exchange, ...after].map((statement) => `${statement};`).join("\n");
}

/** The statement that drops what only the old rows had; undefined when nothing is to go. */
export function maybeDropColumns(publication: Planned): string | undefined {
  const { dataset, name, fields, target } = publication;
  const gone = (target?.fields ?? []).filter((field) =>
    columnOf({ fields }, field.name) === undefined
  );
  if (gone.length === 0) return undefined;
  const drops = gone.map((field) => `drop column if exists ${quoteName(field.name)}`);
  return `alter table ${tableName(dataset, name)} ${drops.join(", ")}`;
}

function definitions(publication: Planned): string[] {
  const { dataset, name, fields, comment, key = [], target } = publication;
  const table = tableName(dataset, name);
  const options = `options (description = ${quoteText(comment)})`;
  if (!target) {
    const parts = [
      ...fields.map((field) => definition(field, { isNew: true })),
      ...(key.length === 0 ? [] : [`primary key (${key.map(quoteName).join(", ")}) not enforced`]),
    ];
    return [`create table if not exists ${table} (${parts.join(", ")}) ${options}`];
  }
  const added = fields.filter((field) => columnOf(target, field.name) === undefined)
    .map((field) => `add column if not exists ${definition(field, { isNew: false })}`);
  return [
    ...(added.length === 0 ? [] : [`alter table ${table} ${added.join(", ")}`]),
    ...(comment === target.comment ? [] : [`alter table ${table} set ${options}`]),
  ];
}

/** In a table that is there a column must take NULL, which its rows get. */
function definition(field: Field, { isNew }: { readonly isNew: boolean }): string {
  const { name, description, mode } = field;
  const notNull = isNew && mode === "REQUIRED" ? " not null" : "";
  const options = description ? ` options (description = ${quoteText(description)})` : "";
  return `${quoteName(name)} ${sqlType(field)}${notNull}${options}`;
}

/** Columns are found in whatever case, as SQL finds them. */
export function columnOf({ fields }: Pick<Target, "fields">, name: string): Field | undefined {
  return fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
}
