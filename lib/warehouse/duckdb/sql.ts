import type { DuckDBConnection, DuckDBMaterializedResult } from "@duckdb/node-api";
import { toBound } from "./values.ts";
import type { Parameter } from "../warehouse.ts";
import { WarehouseError } from "../warehouse_error.ts";

/** A name as SQL spells it, whatever characters it has. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL spells it. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** @throws {WarehouseError} when the engine refuses the statement. */
export async function run(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly Parameter[] = [],
): Promise<DuckDBMaterializedResult> {
  const bound = parameters.map(toBound);
  try {
    if (bound.length === 0) return await connection.run(sql);
    const statement = await connection.prepare(sql);
    try {
      if (statement.parameterCount !== bound.length) {
        throw new Error(
          `found ${bound.length} parameters, must be ${statement.parameterCount}`,
        );
      }
      statement.bind(bound.map(([value]) => value), bound.map(([, type]) => type));
      return await statement.run();
    } finally {
      statement.destroySync();
    }
  } catch (cause) {
    throw new WarehouseError(sql, cause);
  }
}

/** All rows of a statement that the room itself wrote, untyped. */
export async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly Parameter[] = [],
): Promise<ReturnType<DuckDBMaterializedResult["getRows"]>> {
  return (await run(connection, sql, parameters)).getRows();
}

/** @throws {WarehouseError} when the engine would refuse the statement; it is not run. */
export async function check(connection: DuckDBConnection, sql: string): Promise<void> {
  try {
    (await connection.prepare(sql)).destroySync();
  } catch (cause) {
    throw new WarehouseError(sql, cause);
  }
}
