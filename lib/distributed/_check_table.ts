import type { Warehouse } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import { dialectOf } from "./_dialect.ts";
import type { FeatureTable, ScaledTable } from "./feature_table.ts";

/** How a table is read. */
export interface Reading {
  /** What cannot be done where it fails: `train map`. */
  readonly action: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * How many rows a table has, one statement.
 *
 * @throws {FeiraError} `data` when it has none, or a feature is NULL, NaN or
 * infinite; the message names table and column.
 * @throws {WarehouseError} when there is no such table or column, or it is no number.
 */
export async function assertNumeric(
  warehouse: Warehouse,
  { dataset, table, features }: FeatureTable,
  { action, signal }: Reading,
): Promise<number> {
  const place = `${dataset}.${table}`;
  if (features.length === 0) {
    throw new RangeError(`Cannot ${action} of ${place}: found no features, must be at least 1`);
  }
  const { float, quote, isNotFinite } = dialectOf(warehouse.engine);
  const counts = features.flatMap((name, d) => [
    `count(*) - count(${quote(name)}) as n${d}`,
    `sum(case when ${isNotFinite(`cast(${quote(name)} as ${float})`)} then 1 else 0 end) as i${d}`,
  ]);
  const [found] = await warehouse.query<Record<string, number>>(
    `select count(*) as n, ${counts.join(", ")} from ${warehouse.nameOf(dataset, table)}`,
    [],
    { signal },
  );
  const refuse = (what: string, must: string) =>
    new FeiraError("data", `Cannot ${action} of ${place}: found ${what}, must be ${must}`);
  if (found!.n === 0) throw refuse("no rows", "at least one");
  features.forEach((name, d) => {
    const [nulls, infinite] = [found![`n${d}`]!, found![`i${d}`]!];
    if (nulls > 0) throw refuse(`${name} NULL in ${nulls} rows`, "a number in every row");
    if (infinite > 0) throw refuse(`${name} NaN or infinite in ${infinite} rows`, "finite");
  });
  return found!.n!;
}

/** The columns that a scaler names, as a table of features. */
export function featuresOf({ dataset, table, scaler }: ScaledTable): FeatureTable {
  return { dataset, table, features: scaler.featureNames };
}
