/** Columns whose values are not DuckDB's, by table; docs/bigquery.md says the same. */
export interface Difference {
  readonly tables: readonly string[];
  readonly columns: readonly string[];
  readonly reason: string;
}

/** What a build of dbt/ makes of the same raw tables on both engines, but for these. */
export const DIFFERENCES: readonly Difference[] = [
  {
    tables: [
      "dim_customer_history",
      "dim_geolocation_history",
      "dim_product_history",
      "dim_seller_history",
    ],
    columns: ["dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to"],
    reason: "made from the moment of the build; which of them are NULL is compared",
  },
];

/** A table's rows as texts in one order, with what may differ reduced to whether it is there. */
export function comparable(table: string, rows: readonly Record<string, unknown>[]): string[] {
  const columns = DIFFERENCES.filter(({ tables }) => tables.includes(table))
    .flatMap(({ columns }) => columns);
  const masked = (row: Record<string, unknown>) =>
    Object.fromEntries(columns.map((column) => [column, row[column] === null ? null : "there"]));
  return rows.map((row) => JSON.stringify({ ...row, ...masked(row) })).sort();
}
