import {
  type DuckDBDataChunk,
  DuckDBDecimalValue,
  type DuckDBMaterializedResult,
  DuckDBTypeId,
} from "@duckdb/node-api";
import { decimalToNumber, toPlain } from "./values.ts";
import { toSafeNumber } from "../_numbers.ts";
import type { Columns } from "../warehouse.ts";

const NUMERIC = new Set([
  DuckDBTypeId.BOOLEAN,
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
]);

/**
 * Copies a result chunk by chunk into arrays of their final size.
 *
 * @throws {TypeError} when a text is NULL.
 * @throws {RangeError} when a whole number is beyond ±(2^53 − 1).
 */
export async function readColumns(result: DuckDBMaterializedResult): Promise<Columns> {
  const names = result.columnNames();
  const rows = result.rowCount;
  const numbers: Record<string, Float64Array> = {};
  const texts: Record<string, string[]> = {};
  names.forEach((name, index) => {
    if (NUMERIC.has(result.columnTypeId(index))) numbers[name] = new Float64Array(rows);
    else texts[name] = new Array<string>(rows).fill("");
  });
  let offset = 0;
  for (let chunk = await result.fetchChunk(); chunk; chunk = await result.fetchChunk()) {
    if (chunk.rowCount === 0) break;
    names.forEach((name, index) => {
      const filled = numbers[name];
      if (filled) copyNumbers(chunk!, { index, name, into: filled, offset });
      else copyTexts(chunk!, { index, name, into: texts[name]!, offset });
    });
    offset += chunk.rowCount;
  }
  return { names, rows, numbers, texts };
}

interface Copy<Into> {
  readonly index: number;
  readonly name: string;
  readonly into: Into;
  readonly offset: number;
}

function copyNumbers(chunk: DuckDBDataChunk, copy: Copy<Float64Array>): void {
  const { index, name, into, offset } = copy;
  const vector = chunk.getColumnVector(index);
  for (let row = 0; row < vector.itemCount; row++) {
    const value = vector.getItem(row);
    if (typeof value === "number") into[offset + row] = value;
    else if (value === null) into[offset + row] = NaN;
    else if (typeof value === "bigint") into[offset + row] = toSafeNumber(value, name);
    else if (value instanceof DuckDBDecimalValue) into[offset + row] = decimalToNumber(value);
    else into[offset + row] = Number(value);
  }
}

function copyTexts(chunk: DuckDBDataChunk, copy: Copy<string[]>): void {
  const { index, name, into, offset } = copy;
  const vector = chunk.getColumnVector(index);
  for (let row = 0; row < vector.itemCount; row++) {
    const value = vector.getItem(row);
    if (value === null) {
      throw new TypeError(
        `column ${name} is NULL in row ${offset + row + 1}, must be a text (coalesce it)`,
      );
    }
    into[offset + row] = typeof value === "string" ? value : toText(value, name);
  }
}

function toText(value: Parameters<typeof toPlain>[0], name: string): string {
  const plain = toPlain(value, name);
  return typeof plain === "object" ? JSON.stringify(plain) : String(plain);
}
