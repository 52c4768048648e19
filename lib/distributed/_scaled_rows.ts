import type { Warehouse } from "feira/warehouse";
import { dialectOf } from "./_dialect.ts";
import { bind, join, type Statement, statement } from "./_statement.ts";
import type { ScaledTable } from "./feature_table.ts";

/** A query of the table's features as z-scores x0, x1, … and, where asked for, its `key`. */
export function scaledRows(
  warehouse: Warehouse,
  { dataset, table, scaler }: ScaledTable,
  key?: string,
): Statement {
  const { float, quote } = dialectOf(warehouse.engine);
  const { featureNames, mean, scale } = scaler;
  const columns = featureNames.map((name, d) =>
    `(cast(t.${quote(name)} as ${float}) - z.m${d}) / z.s${d} as x${d}`
  );
  if (key !== undefined) columns.unshift(`t.${quote(key)} as key`);
  const moments = featureNames.map((_, d) =>
    bind(`cast(? as ${float}) as m${d}, cast(? as ${float}) as s${d}`, mean[d]!, scale[d]!)
  );
  return statement`select ${columns.join(", ")}
    from ${warehouse.nameOf(dataset, table)} as t
    cross join (select ${join(moments, ", ")}) as z`;
}
