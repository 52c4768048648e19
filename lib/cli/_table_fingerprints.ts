import { openWarehouse, type Warehouse } from "feira/warehouse";
import {
  type Effects,
  maybeFileStamp,
  systemEffects,
  type Workspace,
  writeJsonBeside,
} from "feira/workspace";
import { join } from "node:path";

/** What a table held when it was of a version; null: there was none. */
type Memo = Record<string, { readonly version: string; readonly fingerprint: string | null }>;

/**
 * Tells what tables hold, for the runner's cache. `load_timestamp` does not
 * count: loading the same again changes nothing.
 *
 * A table is hashed once per version of it: on DuckDB that is the file's, on
 * BigQuery the table's own, which is read for nothing. What was found is kept
 * in a file beside the runner's state, so that a run in which nothing has
 * changed opens no database and is billed nothing.
 *
 * The database is open from the first table that is hashed and must be released
 * before anybody writes to it.
 */
export class TableFingerprints implements AsyncDisposable {
  readonly #workspace: Workspace;
  readonly #effects: Effects;
  readonly #memoFile: string;
  #memo: Promise<Memo> | undefined;
  #isNew = false;
  #warehouse: Promise<Warehouse> | undefined;
  #versions = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(workspace: Workspace, effects: Effects = systemEffects) {
    this.#workspace = workspace;
    this.#effects = effects;
    this.#memoFile = join(workspace.runsDir, `tables_${workspace.engine}.json`);
  }

  /** @param resource `dataset.table`, or `dataset.*` for all tables and views of it. */
  async of(resource: string): Promise<string | undefined> {
    const [dataset, name] = resource.split(".") as [string, string];
    if (this.#workspace.engine === "duckdb") {
      const version = await versionOfFile(this.#workspace.duckdbPath);
      if (version === undefined) return undefined;
      return await this.#remember(resource, version, () => this.#hash(dataset, name));
    }
    const versions = await this.#versionsOf(dataset);
    const parts: string[] = [];
    for (const table of name === "*" ? versions.keys() : [name]) {
      const version = versions.get(table);
      if (version === undefined) continue;
      const key = `${dataset}.${table}`;
      const found = await this.#remember(key, version, () => this.#hash(dataset, table));
      if (name !== "*") return found;
      parts.push(`${table}:${found}`);
    }
    return parts.length === 0 ? undefined : parts.join(" ");
  }

  /** Closes the database and looks anew; it is opened again when next asked. */
  async release(): Promise<void> {
    const warehouse = await this.#warehouse;
    this.#warehouse = undefined;
    this.#versions.clear();
    await warehouse?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.release();
    if (this.#isNew) await writeJsonBeside(this.#memoFile, await this.#memo);
  }

  async #remember(
    key: string,
    version: string,
    hash: () => Promise<string | undefined>,
  ): Promise<string | undefined> {
    this.#memo ??= readMemo(this.#memoFile);
    const memo = await this.#memo;
    if (memo[key]?.version !== version) {
      memo[key] = { version, fingerprint: await hash() ?? null };
      this.#isNew = true;
    }
    return memo[key]!.fingerprint ?? undefined;
  }

  async #hash(dataset: string, name: string): Promise<string | undefined> {
    const warehouse = await this.#open();
    const ignore = ["load_timestamp"];
    if (name !== "*") return await warehouse.fingerprint(dataset, name, { ignore });
    const parts: string[] = [];
    for (const table of await warehouse.listTables(dataset)) {
      parts.push(`${table.name}:${await warehouse.fingerprint(dataset, table.name, { ignore })}`);
    }
    return parts.length === 0 ? undefined : parts.join(" ");
  }

  #versionsOf(dataset: string): Promise<ReadonlyMap<string, string>> {
    const known = this.#versions.get(dataset) ??
      this.#open().then(async (warehouse) => (await warehouse.tableVersions(dataset))!);
    this.#versions.set(dataset, known);
    return known;
  }

  #open(): Promise<Warehouse> {
    const options = { readOnly: true, effects: this.#effects };
    return this.#warehouse ??= openWarehouse(this.#workspace, options).catch((error) => {
      // There is nothing to be closed, and it may be opened later.
      this.#warehouse = undefined;
      throw error;
    });
  }
}

/** An earlier run's; empty where there is none, or one that a crash has broken. */
async function readMemo(path: string): Promise<Memo> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return {};
    throw error;
  }
}

/** What changes when the file or its log is written to or replaced; undefined without a file. */
async function versionOfFile(path: string): Promise<string | undefined> {
  const [file, log] = [await maybeFileStamp(path), await maybeFileStamp(`${path}.wal`)];
  return file && [file, log ?? "no log"].join(", ");
}
