import { join } from "node:path";
import pl, { type DataFrame } from "nodejs-polars";
import type { TableContract } from "feira/olist";
import { FeiraError } from "feira/workspace";
import { CleanError } from "./clean_error.ts";
import { type CsvShape, toCsvShape } from "./_csv_shape.ts";
import { scanCsv } from "./_scan_csv.ts";

/** Name of the column that numbers the rows of a file, from 1; never written. */
export const ROW = "#row";

/** A raw file as text. */
export interface RawRows {
  /** `ROW`, then the contract's columns as text, empty values as null. */
  readonly frame: DataFrame;
  /** The lines on which rows of the file start, by row number; scans the file again. */
  readonly linesOf: (rows: readonly number[]) => Promise<Map<number, number>>;
}

/**
 * Reads the contract's columns of a raw file as text; other columns are left
 * out. Nothing is guessed: no types, no words for null.
 *
 * @throws {CleanError} when the file is missing, is not UTF-8 or CSV, lacks a
 * column or has a row with more or fewer fields than the header.
 */
export async function readRawRows(contract: TableContract, rawDir: string): Promise<RawRows> {
  const path = join(rawDir, contract.file);
  const shape = toCsvShape(await readBytes(path, contract), contract);
  const frame = shape.records === 0
    ? emptyFrame(contract)
    : withoutBlanks(readAsText(path, { contract, shape }), shape);
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

interface Source {
  readonly contract: TableContract;
  readonly shape: CsvShape;
}

function readAsText(path: string, { contract, shape }: Source): DataFrame {
  const { name: table, file, columns } = contract;
  const { header, records } = shape;
  const raw = readWithPolars(path, contract);
  // Two readers that disagree on the rows would misplace every line number.
  if (raw.height !== records || raw.width !== header.length) {
    throw new CleanError(
      `${raw.height} rows of ${raw.width} columns`,
      `${records} rows of ${header.length} columns, as its lines say`,
      { table, file },
    );
  }
  // By position: polars renames columns that repeat.
  const names = raw.columns;
  return raw.select(
    pl.intRange(1, records + 1).alias(ROW),
    ...columns.map(({ name }) => {
      const value = pl.col(names[header.indexOf(name)]!);
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

function withoutBlanks(frame: DataFrame, { blanks }: CsvShape): DataFrame {
  return blanks.length === 0 ? frame : frame.filter(pl.col(ROW).isIn([...blanks]).not());
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
