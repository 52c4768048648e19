import { join } from "node:path";
import { FeiraError, type Workspace } from "feira/workspace";
import type { TableAccount } from "./account.ts";

/** Name of the account in the clean folder. */
export const ACCOUNT_FILE = "account.json";

/**
 * Reads the account of the last cleaning, one entry per table in the order of
 * `TABLES`.
 *
 * @throws {FeiraError} `data` when nothing has been cleaned yet.
 *
 * @example
 * ```ts
 * import { readAccount } from "feira/clean";
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const workspace = openWorkspace({ root: await Deno.makeTempDir() });
 * await assert.rejects(() => readAccount(workspace), /Cannot read account/);
 * ```
 */
export async function readAccount(workspace: Workspace): Promise<TableAccount[]> {
  const path = join(workspace.cleanDir, ACCOUNT_FILE);
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new FeiraError(
      "data",
      `Cannot read account: ${path} is missing, must be made by cleaning the raw data first`,
      { cause },
    );
  }
}
