import type { DuckDBConnection } from "@duckdb/node-api";
import { FeiraError } from "feira/workspace";
import { appendRows } from "./rows.ts";
import { quoteName, quoteText, rowsOf, run } from "./sql.ts";
import type { LoadColumn, LoadType, ReplaceOptions, TableLoad } from "../warehouse.ts";

interface LoadContext extends ReplaceOptions {
  readonly dataset: string;
}

const SQL_TYPES: Readonly<Record<LoadType, string>> = {
  text: "VARCHAR",
  integer: "BIGINT",
  decimal: "DECIMAL(18,2)",
  float: "DOUBLE",
  timestamp: "TIMESTAMP",
  date: "DATE",
  boolean: "BOOLEAN",
};

/** The column that a load with a time gets. */
export const LOAD_TIMESTAMP: LoadColumn = {
  name: "load_timestamp",
  type: "timestamp",
  description: "When the row was loaded, local time of Brazil (America/Sao_Paulo)",
};

/**
 * Makes or replaces one table inside the connection's open transaction.
 *
 * @returns the rows it has then.
 */
export async function loadTable(
  connection: DuckDBConnection,
  load: TableLoad,
  context: LoadContext,
): Promise<number> {
  const { dataset, loadTimestamp, comment } = context;
  const table = `${quoteName(dataset)}.${quoteName(load.name)}`;
  const columns = [...load.columns, ...(loadTimestamp ? [LOAD_TIMESTAMP] : [])];
  assertDistinct(columns.map((column) => column.name), `columns of ${load.name}`);
  await dropWhatIsThere(connection, dataset, load.name);
  const definitions = columns.map(({ name, type }) => `${quoteName(name)} ${SQL_TYPES[type]}`);
  await run(connection, `create table ${table} (${definitions.join(", ")})`);
  if ("parquet" in load.from) await insertParquet(connection, load, context);
  else await insertRows(connection, { ...load, from: load.from }, context);
  await commentOn(connection, `table ${table}`, [comment, load.comment].filter(Boolean).join("\n"));
  for (const { name, description } of columns) {
    await commentOn(connection, `column ${table}.${quoteName(name)}`, description);
  }
  const [row] = await rowsOf(connection, `select count(*) from ${table}`);
  return Number(row![0]);
}

/** @throws {TypeError} when two names differ at most in case, which SQL does not tell apart. */
export function assertDistinct(names: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) {
      throw new TypeError(`Cannot load ${what}: found ${name} twice, must be distinct`);
    }
    seen.add(name.toLowerCase());
  }
}

/** Comments on something; no text leaves it without. */
export async function commentOn(
  connection: DuckDBConnection,
  what: string,
  comment: string | undefined,
): Promise<void> {
  if (comment) await run(connection, `comment on ${what} is ${quoteText(comment)}`);
}

async function dropWhatIsThere(
  connection: DuckDBConnection,
  dataset: string,
  name: string,
): Promise<void> {
  const found = await rowsOf(
    connection,
    "select table_type, table_name from information_schema.tables where table_catalog = current_database() and lower(table_schema) = lower(?) and lower(table_name) = lower(?)",
    [dataset, name],
  );
  for (const [type, there] of found) {
    const kind = type === "VIEW" ? "view" : "table";
    await run(connection, `drop ${kind} ${quoteName(dataset)}.${quoteName(String(there))}`);
  }
}

async function insertParquet(
  connection: DuckDBConnection,
  load: TableLoad,
  { dataset, loadTimestamp }: LoadContext,
): Promise<void> {
  const { parquet } = load.from as { parquet: string };
  const source = `read_parquet(${quoteText(parquet)})`;
  const found = await rowsOf(
    connection,
    `select column_name, column_type from (describe select * from ${source})`,
  );
  const types = new Map(found.map(([name, type]) => [String(name), String(type)]));
  const values = load.columns.map((column) => {
    const type = types.get(column.name);
    if (type === undefined) {
      throw new FeiraError(
        "data",
        `Cannot load ${dataset}.${load.name}: found no column ${column.name} in ${parquet}, only ${
          [...types.keys()].join(", ")
        }; must be there`,
      );
    }
    return castOf(column, type, `Cannot load ${dataset}.${load.name} from ${parquet}`);
  });
  if (loadTimestamp) values.push(`timestamp ${quoteText(toSqlTimestamp(loadTimestamp))}`);
  const table = `${quoteName(dataset)}.${quoteName(load.name)}`;
  await run(connection, `insert into ${table} select ${values.join(", ")} from ${source}`);
}

/** A column's value in the load's type; refuses what a plain cast would change in silence. */
function castOf({ name, type }: LoadColumn, found: string, action: string): string {
  const column = quoteName(name);
  const isMoment = type === "timestamp" || type === "date";
  if (isMoment && found.includes("WITH TIME ZONE")) {
    throw new FeiraError(
      "data",
      `${action}: column ${name} is ${found}, must be a local time without zone`,
    );
  }
  const cast = `cast(${column} as ${SQL_TYPES[type]})`;
  if (type !== "integer" || !/^(DOUBLE|FLOAT|DECIMAL)/.test(found)) return cast;
  const message = quoteText(`column ${name} has a fraction, must be whole numbers`);
  return `case when ${column} = trunc(${column}) or ${column} is null then ${cast} else error(${message}) end`;
}

async function insertRows(
  connection: DuckDBConnection,
  load: TableLoad & {
    readonly from: { readonly rows: readonly Readonly<Record<string, unknown>>[] };
  },
  { dataset, loadTimestamp }: LoadContext,
): Promise<void> {
  const appender = await connection.createAppender(load.name, dataset);
  try {
    appendRows(appender, load, loadTimestamp);
  } finally {
    appender.closeSync();
  }
}

function toSqlTimestamp(moment: Temporal.PlainDateTime): string {
  return moment.toString({ smallestUnit: "microsecond" }).replace("T", " ");
}
