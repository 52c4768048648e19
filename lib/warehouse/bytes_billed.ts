import { type Effects, systemEffects } from "feira/workspace";

const TIB = 2 ** 40;
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** On-demand price of reading in the US; https://cloud.google.com/bigquery/pricing */
export const USD_PER_TIB = 6.25;

/**
 * What reading costs on BigQuery, in words, at the US's on-demand price and
 * without the month's free TiB.
 *
 * @example
 * ```ts
 * import { describeBytes } from "feira/warehouse";
 * import assert from "node:assert/strict";
 *
 * assert.equal(describeBytes(2 ** 40), "1.0 TiB, about 6.2500 USD");
 * ```
 */
export function describeBytes(bytes: number): string {
  const unit = Math.min(
    UNITS.length - 1,
    Math.floor(Math.log2(Math.max(bytes, 1)) / 10),
  );
  const amount = (bytes / 2 ** (10 * unit)).toFixed(unit === 0 ? 0 : 1);
  return `${amount} ${UNITS[unit]}, about ${(bytes / TIB * USD_PER_TIB).toFixed(4)} USD`;
}

/**
 * Adds bytes that a job was billed to the file that `FEIRA_BYTES_BILLED_FILE`
 * names, where a run wants to know; whoever runs jobs of its own calls it, as
 * dbt's runner does.
 */
export function recordBytesBilled(
  bytes: number,
  effects: Pick<Effects, "env"> = systemEffects,
): void {
  const path = effects.env("FEIRA_BYTES_BILLED_FILE");
  if (path === undefined || bytes === 0) return;
  // At once and whole: other processes write to it too.
  Deno.writeTextFileSync(path, `${bytes}\n`, { append: true });
}

/** The sum of what was added to a file; 0 where there is none. */
export async function readBytesBilled(path: string): Promise<number> {
  try {
    const lines = (await Deno.readTextFile(path)).trim().split("\n");
    return lines.reduce((sum, line) => sum + Number(line), 0);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
