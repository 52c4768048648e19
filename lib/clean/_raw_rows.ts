import { isUtf8 } from "node:buffer";
import { join } from "node:path";
import pl, { type DataFrame } from "nodejs-polars";
import type { TableContract } from "feira/olist";
import { FeiraError } from "feira/workspace";
import { CleanError } from "./clean_error.ts";
import { quote } from "./_quote.ts";
import { type CsvRecord, fieldsOf, QuoteFault, scanCsv, type VisitRecord } from "./_scan_csv.ts";

/** Name of the column that numbers the rows of a file, from 1; never written. */
export const ROW = "#row";

/** A raw file as text. */
export interface RawRows {
  /** `ROW`, then the contract's columns as text, empty values as null. */
  readonly frame: DataFrame;
  /** The lines on which rows of the file start, by row number; scans the file again. */
  readonly linesOf: (rows: readonly number[]) => Promise<Map<number, number>>;
}

const LF = 0x0a;

/**
 * Reads the contract's columns of a raw file as text; other columns are left
 * out. Nothing is guessed: no types, no words for null.
 *
 * @throws {CleanError} when the file is missing, is not UTF-8 or CSV, lacks a
 * column or has a row with more or fewer fields than the header.
 */
export async function readRawRows(contract: TableContract, rawDir: string): Promise<RawRows> {
  const { name: table, file } = contract;
  const path = join(rawDir, file);
  const bytes = await readBytes(path, contract);
  if (!isUtf8(bytes)) {
    const line = firstLineNotUtf8(bytes);
    throw new CleanError("text that is not UTF-8", "UTF-8", { table, file, line });
  }
  const { header, records, blanks } = scanShape(bytes, contract);
  const positions = contract.columns.map(({ name }) => header.indexOf(name));
  const frame = records === 0
    ? emptyFrame(contract)
    : withoutBlanks(readAsText(path, contract, { header, positions, records }), blanks);
  return { frame, linesOf: (rows) => linesOf(path, rows) };
}

async function readBytes(path: string, contract: TableContract): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    const { name: table, file } = contract;
    if (cause instanceof Deno.errors.NotFound) {
      throw new CleanError("no file", "in the raw folder", { table, file, cause });
    }
    throw new FeiraError(
      "environment",
      `Cannot clean ${table}: ${path} does not open (${
        (cause as Error).message
      }), must be a file that this user may read`,
      { cause },
    );
  }
}

/** Checks that every record has the header's fields; counts them. */
function scanShape(bytes: Uint8Array, contract: TableContract) {
  const { name: table, file } = contract;
  const blanks: number[] = [];
  let header: string[] = [];
  let records = 0;
  const visit = (record: CsvRecord) => {
    if (record.index === 0) {
      header = toHeader(new TextDecoder().decode(bytes.subarray(record.start, record.end)));
      assertHeader(header, contract);
      return;
    }
    records += 1;
    if (record.isBlank) blanks.push(record.index);
    else if (record.fields !== header.length) {
      throw new CleanError(
        record.fields === 1 ? "1 field" : `${record.fields} fields`,
        `${header.length}, as in the header`,
        { table, file, line: record.line },
      );
    }
  };
  scan(bytes, visit, contract);
  if (header.length === 0) {
    throw new CleanError("an empty file", "a header and rows", { table, file });
  }
  return { header, records, blanks };
}

function scan(bytes: Uint8Array, visit: VisitRecord, contract: TableContract): void {
  try {
    scanCsv(bytes, visit);
  } catch (cause) {
    if (!(cause instanceof QuoteFault)) throw cause;
    const { name: table, file } = contract;
    const must = "CSV: a value with quotes is quoted whole and its quotes are doubled";
    throw new CleanError(cause.message, must, { table, file, line: cause.line, cause });
  }
}

function toHeader(record: string): string[] {
  return fieldsOf(record).map((name) => name.trim());
}

function assertHeader(header: readonly string[], contract: TableContract): void {
  const { name: table, file } = contract;
  for (const { name: column } of contract.columns) {
    const count = header.filter((name) => name === column).length;
    if (count === 1) continue;
    const found = count === 0 ? `no column ${column}` : `${count} columns ${column}`;
    const named = header.slice(0, 20).map(quote).join(", ");
    const must = `in the header once; it has ${named}`;
    throw new CleanError(found, must, { table, file, line: 1, column });
  }
}

interface Shape {
  readonly header: readonly string[];
  /** Position of each contract column in the file. */
  readonly positions: readonly number[];
  readonly records: number;
}

function readAsText(path: string, contract: TableContract, shape: Shape): DataFrame {
  const { name: table, file, columns } = contract;
  const raw = readWithPolars(path, contract);
  // Two readers that disagree on the rows would misplace every line number.
  if (raw.height !== shape.records || raw.width !== shape.header.length) {
    throw new CleanError(
      `${raw.height} rows of ${raw.width} columns`,
      `${shape.records} rows of ${shape.header.length} columns, as its lines say`,
      { table, file },
    );
  }
  const names = raw.columns;
  return raw.select(
    pl.intRange(1, shape.records + 1).alias(ROW),
    ...columns.map(({ name }, i) => {
      const value = pl.col(names[shape.positions[i]!]!);
      return pl.when(value.eq(pl.lit(""))).then(pl.lit(null)).otherwise(value).alias(name);
    }),
  );
}

function readWithPolars(path: string, { name: table, file }: TableContract): DataFrame {
  try {
    return pl.readCSV(path, { inferSchemaLength: 0, hasHeader: true });
  } catch (cause) {
    const found = `CSV that polars does not read (${(cause as Error).message})`;
    throw new CleanError(found, "CSV as RFC 4180 has it", { table, file, cause });
  }
}

function emptyFrame({ columns }: TableContract): DataFrame {
  const series = columns.map(({ name }) => pl.Series(name, [], pl.Utf8));
  return pl.DataFrame([pl.Series(ROW, [], pl.Int64), ...series]);
}

function withoutBlanks(frame: DataFrame, blanks: readonly number[]): DataFrame {
  return blanks.length === 0 ? frame : frame.filter(pl.col(ROW).isIn(blanks).not());
}

async function linesOf(path: string, rows: readonly number[]): Promise<Map<number, number>> {
  const wanted = new Set(rows);
  const lines = new Map<number, number>();
  if (wanted.size === 0) return lines;
  scanCsv(await Deno.readFile(path), ({ index, line }) => {
    if (wanted.has(index)) lines.set(index, line);
  });
  return lines;
}

function firstLineNotUtf8(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0;; line += 1) {
    const end = bytes.indexOf(LF, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
