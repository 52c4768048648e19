import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  SQLNULL,
  TIMESTAMP,
  VARCHAR,
} from "@duckdb/node-api";
import { toSafeNumber } from "../_numbers.ts";
import type { Parameter } from "../warehouse.ts";

const INT64_LIMIT = 2n ** 63n;

/**
 * An engine's value as the plain JS value that `query` promises.
 *
 * @throws {RangeError} when a whole number is beyond ±(2^53 − 1).
 */
export function toPlain(value: DuckDBValue, column: string): unknown {
  if (value === null || typeof value !== "object") {
    return typeof value === "bigint" ? toSafeNumber(value, column) : value;
  }
  if (value instanceof DuckDBDecimalValue) return decimalToNumber(value);
  if (value instanceof DuckDBBlobValue) return new Uint8Array(value.bytes);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return value.items.map((item) => toPlain(item, column));
  }
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(
      Object.entries(value.entries).map(([name, item]) => [name, toPlain(item, column)]),
    );
  }
  if (value instanceof DuckDBMapValue) {
    return value.entries.map((entry) => [
      toPlain(entry.key, column),
      toPlain(entry.value, column),
    ]);
  }
  return String(value);
}

/** The number nearest to a decimal. */
export function decimalToNumber({ value, scale }: DuckDBDecimalValue): number {
  const digits = Number(value);
  // Both sides of the quotient are exact, so it is rounded once.
  if (Number.isSafeInteger(digits) && scale <= 22) return digits / 10 ** scale;
  return Number(new DuckDBDecimalValue(value, 38, scale).toString());
}

/** @throws {RangeError | TypeError} when a parameter has no type of its own. */
export function toBound(parameter: Parameter, index: number): [DuckDBValue, DuckDBType] {
  if (parameter instanceof Temporal.PlainDateTime) {
    return [new DuckDBTimestampValue(toMicros(parameter)), TIMESTAMP];
  }
  if (parameter instanceof Temporal.PlainDate) return [toDays(parameter), DATE];
  if (typeof parameter === "bigint") {
    if (parameter < -INT64_LIMIT || parameter >= INT64_LIMIT) {
      throw new RangeError(
        `Cannot bind parameter ${index + 1}: found ${parameter}, must fit into 64 bits`,
      );
    }
    return [parameter, BIGINT];
  }
  if (typeof parameter === "number") {
    return Number.isSafeInteger(parameter) ? [BigInt(parameter), BIGINT] : [parameter, DOUBLE];
  }
  if (typeof parameter === "string") return [parameter, VARCHAR];
  if (typeof parameter === "boolean") return [parameter, BOOLEAN];
  if (parameter === null) return [null, SQLNULL];
  throw new TypeError(
    `Cannot bind parameter ${
      index + 1
    }: found ${typeof parameter}, must be a text, number, bigint, boolean, Temporal date or null`,
  );
}

/** Microseconds from 1970-01-01 00:00:00 on the same wall clock; finer parts are cut. */
export function toMicros(moment: Temporal.PlainDateTime): bigint {
  return moment.toZonedDateTime("UTC").epochNanoseconds / 1000n;
}

export function toDays(date: Temporal.PlainDate): DuckDBDateValue {
  return new DuckDBDateValue(new Temporal.PlainDate(1970, 1, 1).until(date).days);
}
