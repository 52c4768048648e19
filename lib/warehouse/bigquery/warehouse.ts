import type { BigQueryClient } from "./client.ts";
import { BigQueryFailure, maybeEnvironmentError } from "./errors.ts";
import { replaceTables } from "./replace.ts";
import { type Page, pagesOf, toColumns, toRows } from "./results.ts";
import { Session, type SessionSpec, type Statement } from "./session.ts";
import { quoteName, quoteText, sqlType, tableName } from "./sql.ts";
import { maybeTable, type TableResource, tablesIn } from "./tables.ts";
import { toQueryParameter } from "./values.ts";
import { tableVersions } from "./versions.ts";
import { inParallel } from "../_in_parallel.ts";
import { toLoadColumn } from "../_load_column.ts";
import { describeBytes } from "../bytes_billed.ts";
import { assertDistinct } from "../duckdb/load.ts";
import type {
  Columns,
  LoadColumn,
  Parameter,
  QueryOptions,
  ReplaceOptions,
  TableInfo,
  TableLoad,
  Warehouse,
} from "../warehouse.ts";
import { WarehouseError } from "../warehouse_error.ts";

/** Everything that the engine and its statements need. */
export interface BigQueryWarehouseSpec extends SessionSpec {
  /** Rows that are asked for at once. */
  readonly pageRows: number;
  readonly readOnly: boolean;
  /** From how many bytes on a query is announced; undefined: none is. */
  readonly announceBytes: number | undefined;
  readonly log: (line: string) => void;
}

/** Google's engine: datasets are BigQuery's. Nothing is kept open between statements. */
export class BigQueryWarehouse implements Warehouse {
  readonly engine = "bigquery";
  readonly #session: Session;
  readonly #spec: BigQueryWarehouseSpec;

  constructor(spec: BigQueryWarehouseSpec) {
    this.#session = new Session(spec);
    this.#spec = spec;
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
        return (await this.#session.estimate(client, statement)).bytes;
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
    this.#assertWritable(`replace tables of ${dataset}`);
    assertDistinct(loads.map((load) => load.name), `tables of ${dataset}`);
    return await replaceTables(this.#session, { dataset, loads, options });
  }

  async listTables(dataset: string): Promise<TableInfo[]> {
    return await this.#session.during(`list tables of ${dataset}`, undefined, async (client) => {
      const tables = await tablesIn(client, dataset);
      const isView = (name: string) => tables.get(name)!.type?.endsWith("VIEW") ?? false;
      const counted = await this.#countRows(dataset, [...tables.keys()].filter(isView));
      return [...tables].map(([name, { description, numRows }]) => ({
        name,
        kind: isView(name) ? "view" : "table",
        rows: counted.get(name) ?? Number(numRows),
        ...(description ? { comment: description } : {}),
      }));
    });
  }

  async loadColumns(dataset: string, table: string): Promise<LoadColumn[]> {
    const fields = (await this.#table(dataset, table))?.schema?.fields ?? [];
    return fields.map((field) =>
      toLoadColumn(`${dataset}.${table}`, { ...field, type: sqlType(field) })
    );
  }

  async tableVersions(dataset: string): Promise<ReadonlyMap<string, string>> {
    return await this.#session.during(
      `look at ${dataset}`,
      undefined,
      (client) => tableVersions(client, dataset),
    );
  }

  async fingerprint(
    dataset: string,
    table: string,
    { ignore = [] }: { readonly ignore?: readonly string[] } = {},
  ): Promise<string | undefined> {
    const found = await this.#table(dataset, table);
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
    this.#assertWritable(`comment tables of ${dataset}`);
    await this.#session.during(`comment tables of ${dataset}`, undefined, async (client) => {
      await inParallel([...await tablesIn(client, dataset)], async ([name, table]) => {
        const own = table.description ?? "";
        if (own.startsWith(comment)) return;
        const description = own === "" ? comment : `${comment}\n${own}`;
        await client.dataset(dataset).table(name).setMetadata({ description });
      });
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

  #table(dataset: string, name: string): Promise<TableResource | undefined> {
    return this.#session.during(
      `look at ${dataset}.${name}`,
      undefined,
      (client) => maybeTable(client, dataset, name),
    );
  }

  /** Of views, in one statement; how many rows a table has is known without reading. */
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
        await this.#lookAt(client, statement);
        const job = await this.#session.run(client, statement);
        return await read(pagesOf(client, job, this.#spec.pageRows));
      } catch (error) {
        throw toStatementError(sql, error);
      }
    });
  }

  /** What is known of a statement before it runs, from a dry run, which is free. */
  async #lookAt(client: BigQueryClient, statement: Statement): Promise<void> {
    const { readOnly, announceBytes, log } = this.#spec;
    if (!readOnly && announceBytes === undefined) return;
    const { bytes, type } = await this.#session.estimate(client, statement);
    if (readOnly && type !== "SELECT") {
      throw new TypeError(`it is ${type}, and the warehouse is open for reading only`);
    }
    if (announceBytes !== undefined && bytes >= announceBytes) {
      log(`Reading ${describeBytes(bytes)}: ${statement.sql.trim().split("\n")[0]}`);
    }
  }

  #assertWritable(action: string): void {
    if (!this.#spec.readOnly) return;
    throw new TypeError(`Cannot ${action}: the warehouse is open for reading, must be for writing`);
  }
}

function toStatementError(sql: string, error: unknown): unknown {
  if (error instanceof BigQueryFailure) {
    return maybeEnvironmentError("run a statement", error) ?? new WarehouseError(sql, error);
  }
  return error instanceof TypeError ? new WarehouseError(sql, error) : error;
}
