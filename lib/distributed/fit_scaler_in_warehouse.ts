import { type Scaler, toScaler } from "feira/features";
import type { QueryOptions, Warehouse } from "feira/warehouse";
import { assertNumeric } from "./_check_table.ts";
import { dialectOf } from "./_dialect.ts";
import type { FeatureTable } from "./feature_table.ts";

/**
 * Learns each feature's mean and population standard deviation without reading a
 * row: `fitScaler` of `feira/features`, within 1e-12 relative.
 *
 * Two statements: one looks for values that are no numbers; the other passes
 * over the table twice, for means and then for squares of what differs from
 * them, so that nothing cancels. What the differences sum up to, which exactly
 * would be 0, mends mean and variance (the corrected two-pass formula).
 *
 * @throws {FeiraError} `data` when the table has no rows, or a value is NULL,
 * NaN or infinite; the message names table and column.
 * @throws {RangeError} when no features are named
 *
 * Source: T. F. Chan, G. H. Golub and R. J. LeVeque (1983), Algorithms for
 * computing the sample variance, equation 1.7, doi:10.2307/2683386.
 *
 * @example
 * ```ts
 * import { fitScalerInWarehouse } from "feira/distributed";
 * import { openWarehouse } from "feira/warehouse";
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const workspace = openWorkspace({ root: await Deno.makeTempDir() });
 * await using warehouse = await openWarehouse(workspace);
 * await warehouse.query("create schema marts");
 * await warehouse.query("create table marts.people as select unnest([10, 30]) as recency");
 * const people = { dataset: "marts", table: "people", features: ["recency"] };
 * const { mean, scale } = await fitScalerInWarehouse(warehouse, people);
 * assert.deepEqual([...mean, ...scale], [20, 10]);
 * ```
 */
export async function fitScalerInWarehouse(
  warehouse: Warehouse,
  source: FeatureTable,
  { signal }: QueryOptions = {},
): Promise<Scaler> {
  const rows = await assertNumeric(warehouse, source, { action: "fit scaler", signal });
  const { float, quote } = dialectOf(warehouse.engine);
  const table = warehouse.nameOf(source.dataset, source.table);
  const each = (write: (value: string, d: number) => string) =>
    source.features.map((name, d) => write(`cast(${quote(name)} as ${float})`, d)).join(", ");
  const off = (value: string, d: number) => `(${value} - m${d})`;
  const [found] = await warehouse.query<Record<string, number>>(
    `with means as (select ${each((value, d) => `avg(${value}) as m${d}`)} from ${table})
     select ${
      each((value, d) =>
        `min(m${d}) as m${d}, sum(${off(value, d)}) as s${d}, sum(${off(value, d)} * ${
          off(value, d)
        }) as q${d}`
      )
    }
     from ${table} cross join means`,
    [],
    { signal },
  );
  const moments = source.features.map((_, d) => {
    const [mean, sum, squares] = [found![`m${d}`]!, found![`s${d}`]!, found![`q${d}`]!];
    const shift = sum / rows;
    return { mean: mean + shift, variance: Math.max(0, squares / rows - shift * shift) };
  });
  return toScaler({
    rows,
    featureNames: source.features,
    mean: moments.map(({ mean }) => mean),
    variance: moments.map(({ variance }) => variance),
  });
}
