import { BigQueryFailure, maybeEnvironmentError } from "./_bigquery_errors.ts";
import { replaceTables } from "./_bigquery_replace.ts";
import { type Page, pagesOf, toColumns, toRows } from "./_bigquery_results.ts";
import { Session, type SessionSpec } from "./_bigquery_session.ts";
import { quoteName, quoteText, sqlType, tableName } from "./_bigquery_sql.ts";
import { maybeTable, tableNames } from "./_bigquery_tables.ts";
import { toQueryParameter } from "./_bigquery_values.ts";
import { assertDistinct } from "./_duckdb_load.ts";
import type {
  Columns,
  Parameter,
  QueryOptions,
  ReplaceOptions,
  TableInfo,
  TableLoad,
  Warehouse,
} from "./warehouse.ts";
import { WarehouseError } from "./warehouse_error.ts";

/** Google's engine: datasets are BigQuery's. Nothing is kept open between statements. */
export class BigQueryWarehouse implements Warehouse {
  readonly engine = "bigquery";
  readonly #session: Session;
  readonly #pageRows: number;

  constructor(spec: SessionSpec & { readonly pageRows: number }) {
    this.#session = new Session(spec);
    this.#pageRows = spec.pageRows;
  }

  get bytesBilled(): number {
    return this.#session.bytesBilled;
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly Parameter[] = [],
    options: QueryOptions = {},
  ): Promise<Row[]> {
    return await this.#select(sql, { ...options, parameters }, async (pages) => {
      const rows: Row[] = [];
      for await (const page of pages) {
        for (const row of toRows(page)) rows.push(row as Row);
      }
      return rows;
    });
  }

  async columns(
    sql: string,
    parameters: readonly Parameter[] = [],
    options: QueryOptions = {},
  ): Promise<Columns> {
    return await this.#select(sql, { ...options, parameters }, toColumns);
  }

  async bytesToRead(sql: string, parameters: readonly Parameter[] = []): Promise<number> {
    const statement = { sql, parameters: parameters.map(toQueryParameter) };
    return await this.#session.during("estimate a statement", undefined, async (client) => {
      try {
        return await this.#session.estimate(client, statement);
      } catch (error) {
        throw toStatementError(sql, error);
      }
    });
  }

  async replaceTables(
    dataset: string,
    loads: readonly TableLoad[],
    options: ReplaceOptions = {},
  ): Promise<{ name: string; rows: number }[]> {
    assertDistinct(loads.map((load) => load.name), `tables of ${dataset}`);
    return await replaceTables(this.#session, { dataset, loads, options });
  }

  async listTables(dataset: string): Promise<TableInfo[]> {
    return await this.#session.during(`list tables of ${dataset}`, undefined, async (client) => {
      const names = await tableNames(client, dataset);
      const rows = await this.#countRows(dataset, names);
      const tables: TableInfo[] = [];
      for (const name of names) {
        const { type, description } = (await maybeTable(client, dataset, name)) ?? {};
        tables.push({
          name,
          kind: type?.endsWith("VIEW") ? "view" : "table",
          rows: rows.get(name)!,
          ...(description ? { comment: description } : {}),
        });
      }
      return tables;
    });
  }

  async fingerprint(
    dataset: string,
    table: string,
    { ignore = [] }: { readonly ignore?: readonly string[] } = {},
  ): Promise<string | undefined> {
    const found = await this.#session.during(
      `read ${dataset}.${table}`,
      undefined,
      (client) => maybeTable(client, dataset, table),
    );
    if (!found) return undefined;
    const fields = (found.schema?.fields ?? []).filter(({ name }) => !ignore.includes(name));
    const names = fields.map(({ name }) => quoteName(name)).join(", ");
    const row = names === "" ? "0" : `farm_fingerprint(to_json_string(struct(${names})))`;
    const schema = fields.map((field) => `${quoteName(field.name)} ${sqlType(field)}`).join(", ");
    // The exclusive or alone would not see a row that is there twice; the sum does.
    const [hash] = await this.query<{ fingerprint: string }>(
      `select to_hex(md5(concat(?, '|', cast(count(*) as string), '|',
         coalesce(cast(bit_xor(h) as string), ''), '|',
         coalesce(cast(sum(cast(h as bignumeric)) as string), '')))) as fingerprint
       from (select ${row} as h from ${this.nameOf(dataset, table)})`,
      [schema],
    );
    return hash!.fingerprint;
  }

  async commentTables(dataset: string, comment: string): Promise<void> {
    await this.#session.during(`comment tables of ${dataset}`, undefined, async (client) => {
      for (const name of await tableNames(client, dataset)) {
        const own = (await maybeTable(client, dataset, name))?.description ?? "";
        if (own.startsWith(comment)) continue;
        const description = own === "" ? comment : `${comment}\n${own}`;
        await client.dataset(dataset).table(name).setMetadata({ description });
      }
    });
  }

  nameOf(dataset: string, table: string): string {
    return tableName(dataset, table);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Of tables and views, in one statement; counting a table's rows reads none of them. */
  async #countRows(dataset: string, names: readonly string[]): Promise<Map<string, number>> {
    if (names.length === 0) return new Map();
    const counts = names.map((name) =>
      `select ${quoteText(name)} as name, count(*) as n from ${tableName(dataset, name)}`
    );
    const rows = await this.query<{ name: string; n: number }>(counts.join("\nunion all "));
    return new Map(rows.map(({ name, n }) => [name, n]));
  }

  async #select<T>(
    sql: string,
    { parameters, signal }: QueryOptions & { readonly parameters: readonly Parameter[] },
    read: (pages: AsyncIterable<Page>) => Promise<T>,
  ): Promise<T> {
    const id = `feira-${crypto.randomUUID()}`;
    const statement = { id, sql, parameters: parameters.map(toQueryParameter) };
    return await this.#session.during("run a statement", signal, async (client) => {
      try {
        const job = await this.#session.run(client, statement);
        return await read(pagesOf(client, job, this.#pageRows));
      } catch (error) {
        throw toStatementError(sql, error);
      }
    });
  }
}

function toStatementError(sql: string, error: unknown): unknown {
  if (error instanceof BigQueryFailure) {
    return maybeEnvironmentError("run a statement", error) ?? new WarehouseError(sql, error);
  }
  return error instanceof TypeError ? new WarehouseError(sql, error) : error;
}
