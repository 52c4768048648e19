import { isUtf8 } from "node:buffer";
import type { TableContract } from "feira/olist";
import { CleanError } from "./clean_error.ts";
import { quote } from "./_quote.ts";
import { type CsvRecord, fieldsOf, QuoteFault, scanCsv, type VisitRecord } from "./_scan_csv.ts";

/** What a raw file looks like, before any value is read. */
export interface CsvShape {
  /** The names of its columns, trimmed, in the file's order. */
  readonly header: readonly string[];
  /** Number of its rows, blank lines included. */
  readonly records: number;
  /** Which of the rows, from 1, are blank lines. */
  readonly blanks: readonly number[];
}

const LF = 0x0a;

/**
 * Checks the bytes of a raw file: UTF-8, CSV, a header with the contract's
 * columns, as many fields in every row.
 *
 * @throws {CleanError} naming the line.
 */
export function toCsvShape(bytes: Uint8Array, contract: TableContract): CsvShape {
  const { name: table, file } = contract;
  if (!isUtf8(bytes)) {
    const line = firstLineNotUtf8(bytes);
    throw new CleanError("text that is not UTF-8", "UTF-8", { table, file, line });
  }
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
  scan(bytes, { contract, visit });
  if (header.length === 0) {
    throw new CleanError("an empty file", "a header and rows", { table, file });
  }
  return { header, records, blanks };
}

interface Scan {
  readonly contract: TableContract;
  readonly visit: VisitRecord;
}

function scan(bytes: Uint8Array, { contract, visit }: Scan): void {
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

function firstLineNotUtf8(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0;; line += 1) {
    const end = bytes.indexOf(LF, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
