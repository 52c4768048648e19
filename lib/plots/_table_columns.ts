import { formatNumber, MISSING, type NumberFormat } from "./format_number.ts";

/** One column of a table. */
export interface TableColumn {
  /** Its name in the rows. */
  readonly key: string;
  /** Its heading; say the unit here. */
  readonly label: string;
  readonly type: "text" | "number";
  readonly align: "left" | "right";
  /** How its numbers are written. */
  readonly format?: NumberFormat;
  /** Decimals of its numbers; by default as many as the column needs. */
  readonly digits?: number;
}

/** A cell as a plain value. */
export type Cell = string | number | null;

/** A row as its values are looked up; callers may have rows of any object type. */
export type Row = Readonly<Record<string, unknown>>;
type Spec = Partial<TableColumn> & { readonly key: string };

/** A value of any kind → what JSON can carry and a reader can sort. */
export function toCell(value: unknown): Cell {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map((item) => toCell(item) ?? MISSING).join(", ");
  const text = String(value);
  return text.startsWith("[object") ? JSON.stringify(value) : text;
}

/** A cell as people read it. */
export function formatCell(cell: Cell, { key, type, format, digits }: TableColumn): string {
  if (cell === null) return MISSING;
  if (type === "text") return String(cell).replace(/\s+/g, " ");
  if (typeof cell === "number") return formatNumber(cell, { format: format ?? "auto", digits });
  throw new TypeError(
    `Cannot show a table: ${key} is ${
      JSON.stringify(cell)
    }, must be a number as the column's type says`,
  );
}

/** The columns asked for, or all there are, with everything decided. */
export function columnsOf(
  rows: readonly Row[],
  specs: readonly (string | Spec)[] | undefined,
): TableColumn[] {
  const chosen = specs ?? [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (chosen.length === 0) {
    throw new RangeError("Cannot show a table: rows are empty, must have one or say its columns");
  }
  return chosen.map((spec) => toColumn(typeof spec === "string" ? { key: spec } : spec, rows));
}

function toColumn({ key, label = words(key), ...rest }: Spec, rows: readonly Row[]): TableColumn {
  const cells = rows.map((row) => toCell(row[key])).filter((cell) => cell !== null);
  const numeric = cells.length > 0 && cells.every((cell) => typeof cell === "number");
  const type = rest.type ?? (numeric || rest.format !== undefined ? "number" : "text");
  const align = rest.align ?? (type === "number" ? "right" : "left");
  const digits = rest.digits ??
    (numeric && rest.format === undefined ? digitsOf(cells) : undefined);
  return { ...rest, key, label, type, align, ...(digits !== undefined && { digits }) };
}

/** Decimals that show the column's values to about three figures, the same for all of them. */
function digitsOf(values: readonly number[]): number {
  if (values.every(Number.isInteger)) return 0;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest >= 1 ? 2 : Math.min(8, 2 - Math.floor(Math.log10(largest)));
}

/** "avg_order_value" → "avg order value", "zeroShare" → "zero share". */
function words(key: string): string {
  const parted = key.replace(
    /([a-z])([A-Z])(?=[a-z])/g,
    (_, end, start) => `${end} ${start.toLowerCase()}`,
  );
  return parted.replaceAll("_", " ").trim() || key;
}
