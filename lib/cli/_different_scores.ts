import type { TableLoad } from "feira/warehouse";

type Row = Readonly<Record<string, unknown>>;

/** SQL and TypeScript may sum in another order: a distance's last digits may differ. */
const ROUNDING = 1e-9;

/**
 * Customers of whom two ways of scoring say different things, or whom only one of
 * them has.
 *
 * @param found rows of `customer_scores`, in any order
 * @param expected the table of `scoresTable`
 */
export function differentScores(found: readonly Row[], expected: TableLoad): unknown[] {
  const { rows } = expected.from as { rows: readonly Row[] };
  const others = new Map(found.map((row) => [row.customer_unique_id, row]));
  const different = rows.filter((row) => {
    const other = others.get(row.customer_unique_id);
    return other === undefined ||
      expected.columns.some(({ name }) => !isSame(row[name], other[name]));
  });
  for (const row of rows) others.delete(row.customer_unique_id);
  return [...different.map((row) => row.customer_unique_id), ...others.keys()];
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "number" || typeof b !== "number") return a === b;
  return Math.abs(a - b) <= ROUNDING * Math.max(1, Math.abs(a));
}
