import type { ColumnSpec } from "feira/plots";
import pl, { type Series } from "polars-itself";

/** A column's cells as they are to be shown. */
export interface Column {
  readonly spec: ColumnSpec;
  readonly cells: readonly (string | number | null)[];
}

/** Polars' types by the short names that its own users know. */
const SHORT: Readonly<Record<string, string>> = {
  Int8: "i8",
  Int16: "i16",
  Int32: "i32",
  Int64: "i64",
  UInt8: "u8",
  UInt16: "u16",
  UInt32: "u32",
  UInt64: "u64",
  Float32: "f32",
  Float64: "f64",
  String: "str",
  Utf8: "str",
};

const MOST_DIGITS = 6;

/** One column of a frame: what its cells are and how they are set. */
export function toColumn(series: Series): Column {
  const type: string = (series.dtype as { variant: string }).variant;
  const key = series.name;
  const base = { key, label: `${key} (${SHORT[type] ?? type.toLowerCase()})` };
  switch (type) {
    case "Int8":
    case "Int16":
    case "Int32":
    case "UInt8":
    case "UInt16":
    case "UInt32":
      return number(base, values<number>(series), 0);
    case "Float32":
    case "Float64":
      return float(base, values<number>(series));
    case "Int64":
    case "UInt64":
      return long(base, texts(series));
    case "Decimal":
      return { spec: { ...base, type: "text", align: "right" }, cells: texts(series) };
    case "List":
    case "FixedSizeList":
    case "Struct":
    case "Object":
      return text(base, values<object>(series).map((value) => value && json(value)));
    case "String":
    case "Utf8":
      return text(base, values<string>(series).map((value) => value === "" ? '""' : value));
    case "Datetime":
      return text(base, texts(series).map((value) => value?.replace(/\.0+$/, "") ?? null));
    default:
      return text(base, texts(series));
  }
}

type Base = Pick<ColumnSpec, "key"> & { readonly label: string };

function text(base: Base, cells: Column["cells"]): Column {
  return { spec: { ...base, type: "text" }, cells };
}

function number(base: Base, cells: readonly (number | null)[], digits: number): Column {
  const format = digits === 0 ? "plain" : "decimal";
  return { spec: { ...base, type: "number", format, digits }, cells };
}

/** Not a number and the infinities are values, not missing ones: with them a column is text. */
function float(base: Base, cells: readonly (number | null)[]): Column {
  const known = cells.filter((cell) => cell !== null);
  const digits = digitsOf(known.filter(Number.isFinite));
  if (known.every(Number.isFinite)) return number(base, cells, digits);
  const written = cells.map((cell) =>
    cell === null ? null : Number.isFinite(cell) ? cell.toFixed(digits) : String(cell)
  );
  return { spec: { ...base, type: "text", align: "right" }, cells: written };
}

/** Integers that a number cannot hold stay texts, to the last digit. */
function long(base: Base, cells: readonly (string | null)[]): Column {
  const isSafe = cells.every((cell) => cell === null || Number.isSafeInteger(Number(cell)));
  if (isSafe) return number(base, cells.map((cell) => cell === null ? null : Number(cell)), 0);
  return { spec: { ...base, type: "text", align: "right" }, cells };
}

/** As few decimals as write every value whole, at least one, at most six. */
function digitsOf(values: readonly number[]): number {
  for (let digits = 1; digits < MOST_DIGITS; digits++) {
    if (values.every((value) => Number(value.toFixed(digits)) === value)) return digits;
  }
  return MOST_DIGITS;
}

/** Polars' types leave out that a value may be missing. */
function values<T>(series: Series): (T | null)[] {
  return series.toArray() as unknown as (T | null)[];
}

/** What polars itself writes; it knows days, zones and decimals that JavaScript does not. */
function texts(series: Series): (string | null)[] {
  return values<string>(series.cast(pl.Utf8));
}

function json(value: object): string {
  return JSON.stringify(value, (_, each) => typeof each === "bigint" ? String(each) : each);
}
