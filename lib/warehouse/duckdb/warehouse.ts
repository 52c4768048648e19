import {
  type DuckDBConnection,
  type DuckDBInstance,
  type DuckDBMaterializedResult,
  ResultReturnType,
} from "@duckdb/node-api";
import { readColumns } from "./columns.ts";
import { assertDistinct, commentOn, loadTable } from "./load.ts";
import { toLoadColumn } from "../_load_column.ts";
import { check, quoteName, quoteText, run } from "./sql.ts";
import { toPlain } from "./values.ts";
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

/** The embedded engine: datasets are schemas of one file. */
export class DuckDbWarehouse implements Warehouse {
  readonly engine = "duckdb";
  readonly bytesBilled = 0;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  #isOpen = true;

  constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly Parameter[] = [],
    options: QueryOptions = {},
  ): Promise<Row[]> {
    const result = await this.#select(sql, parameters, options);
    if (!result) return [];
    const names = result.columnNames();
    const rows = await result.getRows();
    return rows.map((row) =>
      Object.fromEntries(names.map((name, index) => [name, toPlain(row[index]!, name)])) as Row
    );
  }

  /** A file of one's own is read for nothing; an impossible statement is still refused. */
  async bytesToRead(sql: string): Promise<number> {
    await check(this.#connection, sql);
    return 0;
  }

  async columns(
    sql: string,
    parameters: readonly Parameter[] = [],
    options: QueryOptions = {},
  ): Promise<Columns> {
    const result = await this.#select(sql, parameters, options);
    if (!result) return { names: [], rows: 0, numbers: {}, texts: {} };
    try {
      return await readColumns(result);
    } catch (cause) {
      throw cause instanceof TypeError ? new WarehouseError(sql, cause) : cause;
    }
  }

  async replaceTables(
    dataset: string,
    loads: readonly TableLoad[],
    options: ReplaceOptions = {},
  ): Promise<{ name: string; rows: number }[]> {
    assertDistinct(loads.map((load) => load.name), `tables of ${dataset}`);
    return await this.#inTransaction(options, async (connection) => {
      await run(connection, `create schema if not exists ${quoteName(dataset)}`);
      const loaded = [];
      for (const load of loads) {
        loaded.push({
          name: load.name,
          rows: await loadTable(connection, load, { ...options, dataset }),
        });
      }
      return loaded;
    });
  }

  async listTables(dataset: string): Promise<TableInfo[]> {
    const found = await this.query<
      { name: string; kind: "table" | "view"; comment: string | null }
    >(
      `select table_name as name, 'table' as kind, comment from duckdb_tables()
       where database_name = current_database() and schema_name = ? and not internal
       union all
       select view_name, 'view', comment from duckdb_views()
       where database_name = current_database() and schema_name = ? and not internal
       order by 1`,
      [dataset, dataset],
    );
    const tables: TableInfo[] = [];
    for (const { name, kind, comment } of found) {
      const sql = `select count(*) as rows from ${this.nameOf(dataset, name)}`;
      const [count] = await this.query<{ rows: number }>(sql);
      tables.push({ name, kind, rows: count!.rows, ...(comment === null ? {} : { comment }) });
    }
    return tables;
  }

  async loadColumns(dataset: string, table: string): Promise<LoadColumn[]> {
    const found = await this.query<{ name: string; type: string; description: string | null }>(
      `select column_name as name, data_type as type, comment as description
       from duckdb_columns()
       where database_name = current_database() and schema_name = ? and table_name = ?
       order by column_index`,
      [dataset, table],
    );
    return found.map((column) => toLoadColumn(`${dataset}.${table}`, column));
  }

  tableVersions(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async fingerprint(
    dataset: string,
    table: string,
    { ignore = [] }: { readonly ignore?: readonly string[] } = {},
  ): Promise<string | undefined> {
    const found = await this.query<{ name: string; type: string }>(
      `select column_name as name, data_type as type from duckdb_columns()
       where database_name = current_database() and schema_name = ? and table_name = ?
       order by column_index`,
      [dataset, table],
    );
    if (found.length === 0) return undefined;
    const columns = found.filter(({ name }) => !ignore.includes(name));
    const row = columns.length > 0
      ? `hash(${columns.map(({ name }) => quoteName(name)).join(", ")})`
      : "0";
    const schema = columns.map(({ name, type }) => `${quoteName(name)} ${type}`).join(", ");
    // The exclusive or alone would not see a row that is there twice; the sum does.
    const [hash] = await this.query<{ fingerprint: string }>(
      `select md5(concat_ws('|', ${quoteText(schema)}, count(*), bit_xor(h), sum(h))) as fingerprint
       from (select ${row} as h from ${this.nameOf(dataset, table)})`,
    );
    return hash!.fingerprint;
  }

  async commentTables(dataset: string, comment: string): Promise<void> {
    const tables = await this.listTables(dataset);
    await this.#inTransaction({}, async (connection) => {
      for (const { name, kind, comment: own = "" } of tables) {
        if (own.startsWith(comment)) continue;
        const text = own === "" ? comment : `${comment}\n${own}`;
        await commentOn(connection, `${kind} ${this.nameOf(dataset, name)}`, text);
      }
    });
  }

  nameOf(dataset: string, table: string): string {
    return `${quoteName(dataset)}.${quoteName(table)}`;
  }

  close(): Promise<void> {
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#connection.closeSync();
      this.#instance.closeSync();
    }
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** A statement's result when it is a query; refuses two columns of one name. */
  async #select(
    sql: string,
    parameters: readonly Parameter[],
    { signal }: QueryOptions,
  ): Promise<DuckDBMaterializedResult | undefined> {
    const result = await unlessAborted(
      this.#connection,
      signal,
      () => run(this.#connection, sql, parameters),
    );
    if (result.returnType !== ResultReturnType.QUERY_RESULT) return undefined;
    const names = result.columnNames();
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice === undefined) return result;
    throw new WarehouseError(sql, new Error(`two columns are named ${twice}, must be distinct`));
  }

  /** On a connection of its own, so that other statements do not fall into it. */
  async #inTransaction<T>(
    { signal }: QueryOptions,
    work: (connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    const connection = await this.#instance.connect();
    try {
      await run(connection, "begin transaction");
      const result = await unlessAborted(connection, signal, () => work(connection));
      signal?.throwIfAborted();
      await run(connection, "commit");
      return result;
    } catch (error) {
      // A failed commit has rolled back already, and the first error is the one to tell.
      await connection.run("rollback").catch(() => {});
      throw error;
    } finally {
      connection.closeSync();
    }
  }
}

/**
 * Interrupts what the connection is doing when aborted.
 *
 * @throws the signal's reason, not the engine's words for being interrupted.
 */
async function unlessAborted<T>(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener("abort", interrupt);
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
}
