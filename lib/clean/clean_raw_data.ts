import { join } from "node:path";
import { TABLES } from "feira/olist";
import {
  type Effects,
  replaceDirBeside,
  systemEffects,
  type Workspace,
  writeJsonBeside,
} from "feira/workspace";
import { cleanTable } from "./_clean_table.ts";
import type { TableAccount } from "./account.ts";
import { ACCOUNT_FILE } from "./read_account.ts";

/** Options of {@linkcode cleanRawData}. */
export interface CleanRawDataOptions {
  /** The clock and the log; one line per table. */
  readonly effects?: Pick<Effects, "log" | "now">;
  /** Ends the cleaning before its next table; the earlier clean folder stays. */
  readonly signal?: AbortSignal;
}

/**
 * Cleans the nine raw CSV files of a workspace into typed Parquet: `rawDir` →
 * `cleanDir` with `<table>.parquet`, `account.json` and `rejects/`. The folder
 * is replaced whole or not at all.
 *
 * The result depends on the set of rows in the files, not on their order, and
 * cleaning the cleaned changes nothing. docs/data_cleaning.md has the rules.
 *
 * Linear in the rows but for sorting; memory is that of the largest table.
 *
 * @returns the account, one entry per table in the order of `TABLES`.
 * @throws {CleanError} when a file fails: it is missing, is not UTF-8, lacks a
 * column, has a ragged row or a value that its column cannot have.
 * @throws {FeiraError} `environment` when the clean folder cannot be written.
 *
 * @example
 * ```ts
 * import { CleanError, cleanRawData } from "feira/clean";
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const workspace = openWorkspace({ root: await Deno.makeTempDir() });
 * await assert.rejects(() => cleanRawData(workspace), CleanError);
 * ```
 */
export function cleanRawData(
  workspace: Workspace,
  options: CleanRawDataOptions = {},
): Promise<TableAccount[]> {
  const { effects = systemEffects, signal } = options;
  return replaceDirBeside(workspace.cleanDir, async (dir) => {
    await Deno.mkdir(join(dir, "rejects"));
    const accounts: TableAccount[] = [];
    for (const contract of TABLES) {
      signal?.throwIfAborted();
      const start = effects.now();
      const account = await cleanTable(contract, { rawDir: workspace.rawDir, cleanDir: dir });
      accounts.push(account);
      effects.log(describe(account, effects.now().since(start).total("seconds")));
    }
    await writeJsonBeside(join(dir, ACCOUNT_FILE), accounts);
    return accounts;
  });
}

function describe(account: TableAccount, seconds: number): string {
  const { table, rows_in, rows_out, merged, rejected } = account;
  return `clean ${table}: ${rows_in} rows in, ${rows_out} out, ${merged} merged, ${rejected} rejected (${
    seconds.toFixed(2)
  } s)`;
}
