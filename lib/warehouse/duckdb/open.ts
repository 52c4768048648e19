import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { FeiraError } from "feira/workspace";

export interface OpenDuckDb {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}

/**
 * Opens a DuckDB file.
 *
 * Through the engine's cache: two instances of one file in one process would
 * not see each other's lock, and closing one would drop the other's.
 *
 * @throws {FeiraError} `environment` when it cannot be opened; the message says
 * who holds it.
 */
export async function openDuckDb(path: string, readOnly: boolean): Promise<OpenDuckDb> {
  try {
    const instance = await DuckDBInstance.fromCache(path, {
      access_mode: readOnly ? "READ_ONLY" : "READ_WRITE",
      // Nothing is fetched from the network behind the user's back.
      autoinstall_known_extensions: "false",
    });
    return { instance, connection: await instance.connect() };
  } catch (cause) {
    throw toOpenError(path, cause);
  }
}

function toOpenError(path: string, cause: unknown): FeiraError {
  const reason = cause instanceof Error ? cause.message.split("\n")[0]! : String(cause);
  const holder = /Conflicting lock is held in (.*?\(PID \d+\))/.exec(reason)?.[1];
  if (holder !== undefined || reason.includes("Could not set lock")) {
    return refuse(
      path,
      `${holder ?? "another process"} holds it, must be closed there first`,
      cause,
    );
  }
  if (reason.includes("different configuration")) {
    return refuse(
      path,
      "this process has it open with the other access (reading or writing), must close that first",
      cause,
    );
  }
  if (reason.includes("not a valid DuckDB database")) {
    return refuse(path, "it is not a DuckDB file, must be one or not be there", cause);
  }
  return refuse(path, `${reason}, must be a file that this user may open`, cause);
}

function refuse(path: string, why: string, cause: unknown): FeiraError {
  return new FeiraError("environment", `Cannot open warehouse ${path}: ${why}`, { cause });
}
