import type { CustomerMatrix } from "feira/features";
import type { QueryOptions, Warehouse } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import { assertNumeric } from "./_check_table.ts";
import { dialectOf } from "./_dialect.ts";
import type { FeatureTable } from "./feature_table.ts";

/** Settings of {@linkcode sampleRows}. */
export interface SampleSpec extends QueryOptions {
  /** Rows to draw; all where there are fewer. At least 1. */
  readonly size: number;
  /** A column of texts or whole numbers that tells rows apart. */
  readonly key: string;
  /** A whole number: another one draws other rows. @default 42 */
  readonly seed?: number;
}

/**
 * Draws rows of a table without putting back: those whose keys have the lowest
 * MD5 of `seed:key`, as hexadecimal text. The same rows on either engine,
 * however the table is stored, and for a greater `size` these and more.
 *
 * @returns the rows in the order of that MD5, unscaled, their keys as `customerIds`
 * @throws {FeiraError} `data` when the table has no rows, a value is NULL, NaN
 * or infinite, or a key is NULL or there twice
 * @throws {RangeError} when size or seed is out of range
 *
 * Memory: 8 bytes per value drawn, and the keys.
 *
 * @example
 * ```ts
 * import { sampleRows } from "feira/distributed";
 * import { openWarehouse } from "feira/warehouse";
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const workspace = openWorkspace({ root: await Deno.makeTempDir() });
 * await using warehouse = await openWarehouse(workspace);
 * await warehouse.query("create schema marts");
 * await warehouse.query("create table marts.people as select i as id, 2 * i as x from range(9) t(i)");
 * const people = { dataset: "marts", table: "people", features: ["x"] };
 * const few = await sampleRows(warehouse, people, { key: "id", size: 3 });
 * const more = await sampleRows(warehouse, people, { key: "id", size: 5 });
 * assert.equal(more.rows, 5);
 * assert.deepEqual(more.data.slice(0, 3), few.data);
 * ```
 */
export async function sampleRows(
  warehouse: Warehouse,
  source: FeatureTable,
  { size, key, seed = 42, signal }: SampleSpec,
): Promise<CustomerMatrix> {
  const action = "draw sample";
  for (const [name, value, least] of [["size", size, 1], ["seed", seed, -Infinity]] as const) {
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new RangeError(
      `Cannot ${action}: ${name} is ${value}, must be a whole number${
        least === 1 ? " of at least 1" : ""
      }`,
    );
  }
  await assertNumeric(warehouse, source, { action, signal });
  const { dataset, table, features } = source;
  const { float, text, quote, md5 } = dialectOf(warehouse.engine);
  const id = `cast(${quote(key)} as ${text})`;
  const { rows, numbers, texts } = await warehouse.columns(
    `select coalesce(${id}, '') as id,
       ${features.map((name, d) => `cast(${quote(name)} as ${float}) as x${d}`).join(", ")}
     from ${warehouse.nameOf(dataset, table)}
     order by ${md5(`concat(?, ':', ${id})`)}, id limit ${size}`,
    [String(seed)],
    { signal },
  );
  const ids = texts["id"]!;
  const seen = new Set<string>();
  for (const each of ids) {
    if (each !== "" && !seen.has(each)) {
      seen.add(each);
      continue;
    }
    throw new FeiraError(
      "data",
      `Cannot ${action} of ${dataset}.${table}: found ${key} ${
        each === "" ? "NULL or empty" : `"${each}" twice`
      }, must tell every row apart`,
    );
  }
  const cols = features.length;
  const data = new Float64Array(rows * cols);
  features.forEach((_, d) =>
    numbers[`x${d}`]!.forEach((value, row) => data[row * cols + d] = value)
  );
  return { customerIds: ids, featureNames: [...features], data, rows, cols };
}
