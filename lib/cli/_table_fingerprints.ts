import { openWarehouse, type Warehouse } from "feira/warehouse";
import type { Workspace } from "feira/workspace";

/**
 * Tells what tables hold, for the runner's cache. The database is opened for
 * reading when first asked and must be released before anybody writes to it.
 * `load_timestamp` does not count: loading the same again changes nothing.
 */
export class TableFingerprints implements AsyncDisposable {
  readonly #workspace: Workspace;
  #warehouse: Promise<Warehouse> | undefined;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** @param resource `dataset.table`, or `dataset.*` for all tables and views of it. */
  async of(resource: string): Promise<string | undefined> {
    if (!await isThere(this.#workspace.duckdbPath)) return undefined;
    this.#warehouse ??= openWarehouse(this.#workspace, { readOnly: true });
    const warehouse = await this.#warehouse;
    const [dataset, table] = resource.split(".") as [string, string];
    if (table !== "*") return fingerprintOf(warehouse, dataset, table);
    const names = (await warehouse.listTables(dataset)).map(({ name }) => name);
    const parts = [];
    for (const name of names) {
      parts.push(`${name}:${await fingerprintOf(warehouse, dataset, name)}`);
    }
    return parts.length === 0 ? undefined : parts.join(" ");
  }

  /** Closes the database; it is opened again when next asked. */
  async release(): Promise<void> {
    const warehouse = this.#warehouse;
    this.#warehouse = undefined;
    await (await warehouse)?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.release();
  }
}

function fingerprintOf(warehouse: Warehouse, dataset: string, table: string) {
  return warehouse.fingerprint(dataset, table, { ignore: ["load_timestamp"] });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}
