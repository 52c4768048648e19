import type { QueryResultsOptions } from "@google-cloud/bigquery";
import type { BigQueryClient } from "./client.ts";
import type { JobResource } from "./jobs.ts";
import { type Cell, type Field, isNumeric, toPlain } from "./values.ts";
import type { Columns } from "../warehouse.ts";

/** One page of a result, with what is the same for all of them. */
export interface Page {
  readonly fields: readonly Field[];
  readonly totalRows: number;
  readonly rows: readonly { f: readonly { v: Cell }[] }[];
}

/** Statements of these types have rows; a script has those of its last query. */
const HAS_ROWS = new Set(["SELECT", "SCRIPT"]);

/**
 * A finished query's result page by page; none when it was no query. The
 * service keeps a result for a day, so a page that was lost is asked for again.
 */
export async function* pagesOf(
  client: BigQueryClient,
  { jobReference, statistics }: JobResource,
  pageRows: number,
): AsyncGenerator<Page> {
  if (!HAS_ROWS.has(statistics?.query?.statementType ?? "SELECT")) return;
  const { jobId, location = client.location! } = jobReference;
  const job = client.job(jobId, { location });
  let pageToken: string | undefined;
  do {
    const [rows, , answer] = await job.getQueryResults({
      autoPaginate: false,
      maxResults: pageRows,
      // Its own parsing loses digits of decimals and makes objects of dates.
      skipParsing: true,
      ...(pageToken === undefined ? {} : { pageToken }),
    } as QueryResultsOptions);
    const { schema, totalRows = "0" } = answer ?? {};
    const fields = (schema?.fields ?? []) as Field[];
    if (fields.length === 0) return;
    yield { fields, totalRows: Number(totalRows), rows: rows as Page["rows"] };
    pageToken = answer?.pageToken;
  } while (pageToken !== undefined);
}

/** @throws {RangeError} when a whole number is beyond ±(2^53 − 1). */
export function toRows({ fields, rows }: Page): Record<string, unknown>[] {
  return rows.map(({ f }) =>
    Object.fromEntries(fields.map((field, index) => [field.name, toPlain(f[index]!.v, field)]))
  );
}

/**
 * Copies pages into arrays of their final size, which the first page tells.
 *
 * @throws {TypeError} when a text is NULL.
 * @throws {RangeError} as {@linkcode toRows}.
 */
export async function toColumns(pages: AsyncIterable<Page>): Promise<Columns> {
  let columns: Columns = { names: [], rows: 0, numbers: {}, texts: {} };
  let offset = 0;
  for await (const page of pages) {
    if (offset === 0) columns = emptyColumns(page);
    page.fields.forEach((field, index) => {
      const numbers = columns.numbers[field.name];
      page.rows.forEach(({ f }, row) => {
        const value = toPlain(f[index]!.v, field);
        if (numbers) numbers[offset + row] = value === null ? NaN : Number(value);
        else columns.texts[field.name]![offset + row] = toText(value, field.name, offset + row);
      });
    });
    offset += page.rows.length;
  }
  if (offset !== columns.rows) {
    throw new Error(`the result has ended after ${offset} rows of ${columns.rows}`);
  }
  return columns;
}

function emptyColumns({ fields, totalRows }: Page): Columns {
  const numbers: Record<string, Float64Array> = {};
  const texts: Record<string, string[]> = {};
  for (const field of fields) {
    if (isNumeric(field)) numbers[field.name] = new Float64Array(totalRows);
    else texts[field.name] = new Array<string>(totalRows).fill("");
  }
  return { names: fields.map(({ name }) => name), rows: totalRows, numbers, texts };
}

function toText(value: unknown, name: string, row: number): string {
  if (value === null) {
    throw new TypeError(
      `column ${name} is NULL in row ${row + 1}, must be a text (coalesce it)`,
    );
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
