import { toDecimalNumber, toSafeNumber } from "../_numbers.ts";
import type { Parameter } from "../warehouse.ts";

/** A column as BigQuery describes it. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly mode?: string;
  readonly description?: string;
  readonly fields?: readonly Field[];
}

/** A value as BigQuery sends it: text, a list of cells, a record's cells, or null. */
export type Cell = string | null | readonly { v: Cell }[] | { f: readonly { v: Cell }[] };

const INT64_LIMIT = 2n ** 63n;
const MICROS = 1_000_000n;

/**
 * A cell as the plain value that `query` promises.
 *
 * @throws {RangeError} when a whole number is beyond ±(2^53 − 1).
 */
export function toPlain(cell: Cell, field: Field): unknown {
  if (field.mode === "REPEATED") {
    const single = { ...field, mode: "NULLABLE" };
    return ((cell ?? []) as { v: Cell }[]).map(({ v }) => toPlain(v, single));
  }
  if (cell === null) return null;
  if (typeof cell !== "string") {
    const { f } = cell as { f: readonly { v: Cell }[] };
    return Object.fromEntries(
      field.fields!.map((inner, index) => [inner.name, toPlain(f[index]!.v, inner)]),
    );
  }
  switch (field.type) {
    case "INTEGER":
    case "INT64":
      return toSafeNumber(cell, field.name);
    case "NUMERIC":
    case "BIGNUMERIC":
      return toDecimalNumber(cell);
    case "FLOAT":
    case "FLOAT64":
      return toFloat(cell);
    case "BOOLEAN":
    case "BOOL":
      return cell === "true";
    case "BYTES":
      return Uint8Array.fromBase64(cell);
    case "DATETIME":
      return withoutZeros(cell.replace("T", " "));
    case "TIMESTAMP":
      return toUtcText(cell);
    default:
      return cell;
  }
}

/** Whether a column's values go into an array of numbers. */
export function isNumeric({ type, mode }: Field): boolean {
  return mode !== "REPEATED" &&
    /^(INTEGER|INT64|FLOAT|FLOAT64|NUMERIC|BIGNUMERIC|BOOLEAN|BOOL)$/.test(type);
}

/** A parameter as BigQuery takes it: typed, so that no text is ever read as SQL. */
export interface QueryParameter {
  readonly parameterType: { readonly type: string };
  readonly parameterValue: { readonly value: string | null };
}

/** @throws {RangeError | TypeError} when a parameter has no type of its own. */
export function toQueryParameter(parameter: Parameter, index: number): QueryParameter {
  const bound = (type: string, value: string | null) => ({
    parameterType: { type },
    parameterValue: { value },
  });
  if (parameter instanceof Temporal.PlainDateTime) {
    return bound("DATETIME", parameter.toString({ smallestUnit: "microsecond" }).replace("T", " "));
  }
  if (parameter instanceof Temporal.PlainDate) return bound("DATE", parameter.toString());
  if (typeof parameter === "bigint") {
    if (parameter < -INT64_LIMIT || parameter >= INT64_LIMIT) {
      throw new RangeError(
        `Cannot bind parameter ${index + 1}: found ${parameter}, must fit into 64 bits`,
      );
    }
    return bound("INT64", String(parameter));
  }
  if (typeof parameter === "number") {
    return bound(Number.isSafeInteger(parameter) ? "INT64" : "FLOAT64", floatText(parameter));
  }
  if (typeof parameter === "string") return bound("STRING", parameter);
  if (typeof parameter === "boolean") return bound("BOOL", String(parameter));
  if (parameter === null) return bound("STRING", null);
  throw new TypeError(
    `Cannot bind parameter ${
      index + 1
    }: found ${typeof parameter}, must be a text, number, bigint, boolean, Temporal date or null`,
  );
}

/** `Infinity` is `inf` where BigQuery reads a float. */
function floatText(value: number): string {
  return `${value}`.replace("Infinity", "inf");
}

/** `inf` and `nan`, in whatever case and length, are no numbers to `Number`. */
function toFloat(text: string): number {
  const number = Number(text);
  if (!Number.isNaN(number) || !/inf/i.test(text)) return number;
  return text.startsWith("-") ? -Infinity : Infinity;
}

/** Microseconds since 1970 as DuckDB writes a moment in UTC: `2018-01-31 13:05:00.25+00`. */
function toUtcText(micros: string): string {
  const instant = Temporal.Instant.fromEpochNanoseconds(BigInt(micros) * 1000n);
  const hasFraction = BigInt(micros) % MICROS !== 0n;
  const text = instant.toString({ smallestUnit: hasFraction ? "microsecond" : "second" });
  return `${withoutZeros(text.replace("T", " ").replace("Z", ""))}+00`;
}

function withoutZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
