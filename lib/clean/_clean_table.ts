import { join } from "node:path";
import pl, { type DataFrame } from "nodejs-polars";
import type { TableContract } from "feira/olist";
import type { TableAccount } from "./account.ts";
import { CleanError } from "./clean_error.ts";
import { mergeDuplicates } from "./_merge_duplicates.ts";
import { type RawRows, readRawRows, ROW } from "./_raw_rows.ts";
import { applyTextRules } from "./_text_rules.ts";
import { applyRepairs, assertValues, onlyTyped, rejectReason, withTyped } from "./_typed_rows.ts";

const REASON = "#reason";

/** More rejected rows than both of these are not some dirt but a wrong file. */
const REJECTS_ALLOWED = { rows: 100, share: 0.05 };

/** Cleans one raw file into `<cleanDir>/<table>.parquet` and, if need be, `rejects/<table>.csv`. */
export async function cleanTable(
  contract: TableContract,
  { rawDir, cleanDir }: { readonly rawDir: string; readonly cleanDir: string },
): Promise<TableAccount> {
  const raw = await readRawRows(contract, rawDir);
  const text = applyTextRules(raw.frame, contract);
  const repaired = applyRepairs(text.frame, contract);
  const rows = withTyped(repaired.frame, contract)
    .withColumn(rejectReason(contract).alias(REASON));
  await assertValues(rows, { contract, raw });

  const rejects = rows.filter(pl.col(REASON).isNotNull()).select(ROW, REASON);
  const found = { contract, raw, rejects };
  await assertFewRejects(found);
  await writeRejects(join(cleanDir, "rejects", `${contract.name}.csv`), found);

  const accepted = onlyTyped(rows.filter(pl.col(REASON).isNull()), contract);
  const merged = mergeDuplicates(accepted, contract);
  merged.frame.writeParquet(join(cleanDir, `${contract.name}.parquet`), { compression: "zstd" });
  return toBalanced({
    table: contract.name,
    rows_in: raw.frame.height,
    rows_out: merged.frame.height,
    merged: merged.equalRows + merged.equalKeys,
    rejected: rejects.height,
    changed: { ...text.changed, ...repaired.changed },
    reasons: {
      "duplicate.row": merged.equalRows,
      "duplicate.key": merged.equalKeys,
      ...countReasons(rejects),
    },
  });
}

interface Rejects {
  readonly contract: TableContract;
  readonly raw: RawRows;
  /** `ROW` and `REASON`. */
  readonly rejects: DataFrame;
}

/** @throws {CleanError} when so many rows are rejected that the file must be wrong. */
async function assertFewRejects({ contract, raw, rejects }: Rejects): Promise<void> {
  const { name: table, file } = contract;
  const { height: rows } = raw.frame;
  const isAll = rows > 0 && rejects.height === rows;
  const allowed = Math.max(REJECTS_ALLOWED.rows, Math.floor(rows * REJECTS_ALLOWED.share));
  if (!isAll && rejects.height <= allowed) return;
  const [row, reason] = rejects.row(0) as [number, string];
  const line = (await raw.linesOf([row])).get(row)!;
  throw new CleanError(
    `${rejects.height} of ${rows} rows rejected, the first (${reason})`,
    isAll ? "fewer than all rows" : `at most ${allowed} rows`,
    { table, file, line },
  );
}

/** Keeps rejected rows as the file has them, in its order. */
async function writeRejects(path: string, { contract, raw, rejects }: Rejects): Promise<void> {
  if (rejects.height === 0) return;
  const rows = rejects.getColumn(ROW).toArray() as number[];
  const lines = await raw.linesOf(rows);
  const found = pl.DataFrame([
    pl.Series("file", rows.map(() => contract.file), pl.Utf8),
    pl.Series("line", rows.map((row) => lines.get(row)!), pl.Int64),
    pl.Series("reason", rejects.getColumn(REASON).toArray(), pl.Utf8),
  ]);
  const values = raw.frame.filter(pl.col(ROW).isIn(rows))
    .select(...contract.columns.map(({ name }) => name));
  pl.concat([found, values], { how: "horizontal" }).writeCSV(path);
}

function countReasons(rejects: DataFrame): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of (rejects.getColumn(REASON).toArray() as string[]).toSorted()) {
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

/** The account, if its books balance: a difference is a fault of this room, not of the data. */
function toBalanced(account: TableAccount): TableAccount {
  const { table, rows_in, rows_out, merged, rejected } = account;
  if (rows_in === rows_out + merged + rejected) return account;
  throw new Error(
    `Cannot account for ${table}: ${rows_in} rows in, must be ${rows_out} out + ${merged} merged + ${rejected} rejected`,
  );
}
