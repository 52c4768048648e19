import { compareValues, type ValueDifference } from "./_compare_values.ts";
import type { Tolerance } from "./tolerance.ts";
import type { Comparison, OutputDigest } from "./types.ts";

type TableDigest = Extract<OutputDigest, { kind: "table" }>;
type Cell = string | number | null;

const EXACT: Tolerance = { relative: 0, absolute: 0 };

/** What differs between two tables: what is said of them, columns by key, rows by their first cell. */
export function compareTables(
  stored: TableDigest,
  found: TableDigest,
  { tolerance, compare = {} }: {
    readonly tolerance: Tolerance;
    readonly compare?: Comparison | undefined;
  },
): ValueDifference[] {
  const { columns: ownTolerances = {} } = compare;
  const about = ({ title, caption, totalRows }: TableDigest) => ({ title, caption, totalRows });
  const differences = [
    ...compareValues(about(stored), about(found), tolerance),
    ...compareColumns(stored, found),
  ];
  const apart = rowsApart(stored, found);
  if (apart !== undefined) return [...differences, apart];
  const places = placesIn(stored, found);
  if (places.some((place, i) => place !== i)) {
    const order = ({ rows }: TableDigest) => rows.map(([first]) => first).join(", ");
    differences.push({ path: "order of rows", stored: order(stored), found: order(found) });
  }
  for (const [i, row] of stored.rows.entries()) {
    for (const [j, { key, label }] of stored.columns.entries()) {
      const at = found.columns.findIndex((column) => column.key === key);
      if (at < 0) continue;
      const allowed = { ...tolerance, ...ownTolerances[key] };
      const path = `row ${i + 1}${nameOf(row, j)}, ${label}`;
      differences.push(...compareValues(row[j], found.rows[places[i]!]![at], allowed, path));
    }
  }
  return differences;
}

/** Where each stored row is found: by its first cell where that names it, else at its place. */
function placesIn(stored: TableDigest, found: TableDigest): number[] {
  const firsts = found.rows.map(([first]) => first);
  const named = stored.rows.map(([first]) => firsts.indexOf(first!));
  const isNamed = new Set(firsts).size === firsts.length && !named.includes(-1);
  return isNamed ? named : stored.rows.map((_, i) => i);
}

function compareColumns(stored: TableDigest, found: TableDigest): ValueDifference[] {
  const listed = ({ columns }: TableDigest) => columns.map(({ key }) => key).join(", ");
  if (listed(stored) !== listed(found)) {
    return [{ path: "columns", stored: listed(stored), found: listed(found) }];
  }
  return stored.columns.flatMap((column, i) =>
    compareValues(column, found.columns[i], EXACT, `column ${column.key}`)
  );
}

/** Where one has other rows than the other, they are told by their first cells. */
function rowsApart(stored: TableDigest, found: TableDigest): ValueDifference | undefined {
  if (stored.rows.length === found.rows.length) return undefined;
  const firsts = ({ rows }: TableDigest) => rows.map((row) => String(row[0]));
  const gone = firsts(stored).filter((name) => !firsts(found).includes(name));
  const come = firsts(found).filter((name) => !firsts(stored).includes(name));
  const tell = ({ rows }: TableDigest, names: readonly string[]) =>
    `${rows.length} rows${names.length === 0 ? "" : `, among them ${names.join(", ")}`}`;
  return { path: "rows", stored: tell(stored, gone), found: tell(found, come) };
}

/** A row is known by its first cell where that is a text and not the one that is meant. */
function nameOf(row: readonly Cell[], column: number): string {
  return column > 0 && typeof row[0] === "string" ? ` (${row[0]})` : "";
}
