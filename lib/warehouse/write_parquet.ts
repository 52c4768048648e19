import { writeFileBeside } from "feira/workspace";
import { openStage } from "./_stage_parquet.ts";
import type { TableLoad } from "./warehouse.ts";

/**
 * Writes rows to a Parquet file (zstd) in exactly the types of a load's columns,
 * whole or not at all; see `writeFileBeside`.
 *
 * @returns its rows
 * @throws {TypeError} when a row's value is not of its column's type
 * @throws {FeiraError} `environment` when the folder cannot be written to
 *
 * @example
 * ```ts
 * import { writeParquet } from "feira/warehouse";
 * import assert from "node:assert/strict";
 *
 * const path = `${await Deno.makeTempDir()}/cities.parquet`;
 * const columns = [{ name: "city", type: "text" }] as const;
 * const rows = await writeParquet(path, { columns, from: { rows: [{ city: "manaus" }] } });
 * assert.equal(rows, 1);
 * ```
 */
export async function writeParquet(
  path: string,
  table: Pick<TableLoad, "columns" | "from">,
): Promise<number> {
  await using stage = await openStage();
  const staged = await stage.write("staged", { name: "rows", ...table }, {});
  using file = await Deno.open(staged.path);
  await writeFileBeside(path, file.readable);
  return staged.rows;
}
