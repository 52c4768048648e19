import {
  BIGINT,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  type DuckDBAppender,
  DuckDBDataChunk,
  DuckDBDecimalValue,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  TIMESTAMP,
  VARCHAR,
} from "@duckdb/node-api";
import { toDays, toMicros } from "./values.ts";
import type { LoadColumn, LoadType, TableLoad } from "../warehouse.ts";

type Row = Readonly<Record<string, unknown>>;

/** The engine's greatest chunk. */
const CHUNK_ROWS = 2048;
const CENTS_LIMIT = 1e16;

/** How a load's type is stored, what it takes, and how a value becomes the engine's. */
const KINDS: Readonly<
  Record<LoadType, { type: DuckDBType; must: string; to: (value: unknown) => DuckDBValue }>
> = {
  text: { type: VARCHAR, must: "a text", to: (value) => needs(typeof value === "string", value) },
  integer: { type: BIGINT, must: "a whole number within ±(2^53 − 1)", to: toInteger },
  decimal: { type: DECIMAL(18, 2), must: "an amount below 10^16", to: toDecimal },
  float: { type: DOUBLE, must: "a finite number", to: (v) => needs(Number.isFinite(v), v) },
  timestamp: {
    type: TIMESTAMP,
    must: "a local time such as 2018-01-31 13:05:00",
    to: (value) =>
      new DuckDBTimestampValue(toMicros(Temporal.PlainDateTime.from(withoutZone(value)))),
  },
  date: {
    type: DATE,
    must: "a date such as 2018-01-31",
    to: (value) => toDays(Temporal.PlainDate.from(withoutZone(value))),
  },
  boolean: { type: BOOLEAN, must: "true or false", to: (v) => needs(typeof v === "boolean", v) },
};

/**
 * Appends a load's rows, 2,048 at a time; `last` is one more value for every
 * row, of the table's last column.
 *
 * @throws {TypeError} naming table, column and row of a value of another type.
 */
export function appendRows(
  appender: DuckDBAppender,
  load: TableLoad & { readonly from: { readonly rows: readonly Row[] } },
  last?: Temporal.PlainDateTime,
): void {
  const { rows } = load.from;
  const types = load.columns.map((column) => KINDS[column.type].type);
  const constant = last && new DuckDBTimestampValue(toMicros(last));
  if (constant) types.push(TIMESTAMP);
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const part = rows.slice(start, start + CHUNK_ROWS);
    const columns = load.columns.map((column) => toValues(part, { load, column, start }));
    if (constant) columns.push(part.map(() => constant));
    const chunk = DuckDBDataChunk.create(types, part.length);
    chunk.setColumns(columns);
    appender.appendDataChunk(chunk);
  }
}

function toValues(
  rows: readonly Row[],
  { load, column, start }: { load: TableLoad; column: LoadColumn; start: number },
): DuckDBValue[] {
  const { must, to } = KINDS[column.type];
  return rows.map((row, index) => {
    const value = row[column.name];
    if (value === null) return null;
    try {
      return to(value);
    } catch (cause) {
      const found = value === undefined ? "not there" : show(value);
      throw new TypeError(
        `Cannot load ${load.name}: ${column.name} of row ${
          start + index + 1
        } is ${found}, must be ${must} or null`,
        { cause },
      );
    }
  });
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function needs(isTrue: boolean, value: unknown): DuckDBValue {
  if (!isTrue) throw new TypeError("of another type");
  return value as DuckDBValue;
}

function toInteger(value: unknown): bigint {
  if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return value;
  if (!Number.isSafeInteger(value)) throw new TypeError("not whole");
  return BigInt(value as number);
}

/** A number's shortest decimal text decides, so that 1.005 is rounded as written. */
function toDecimal(value: unknown): DuckDBDecimalValue {
  // Below a millionth a number's text has an exponent.
  const text = typeof value === "number" && Math.abs(value) < 1e-6 ? "0" : value;
  const isAmount = typeof text === "number" || typeof text === "string";
  const parts = isAmount && /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text));
  if (!parts || Math.abs(Number(value)) >= CENTS_LIMIT) throw new TypeError("no amount");
  const [, sign, whole, fraction = ""] = parts;
  const thousandths = fraction.padEnd(3, "0");
  const cents = BigInt(whole + thousandths.slice(0, 2)) + (thousandths[2]! >= "5" ? 1n : 0n);
  return new DuckDBDecimalValue(sign ? -cents : cents, 18, 2);
}

function withoutZone(value: unknown): Temporal.PlainDateTime | Temporal.PlainDate | string {
  if (value instanceof Temporal.PlainDateTime || value instanceof Temporal.PlainDate) return value;
  if (typeof value === "string" && !/Z$|\[|[+-]\d\d:?\d\d$/.test(value)) return value;
  throw new TypeError("not a local time");
}
