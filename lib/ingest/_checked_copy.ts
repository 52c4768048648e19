import { createHash } from "node:crypto";
import type { TableContract } from "feira/olist";
import { CsvScanner } from "./_csv_scanner.ts";
import { IngestError } from "./ingest_error.ts";
import type { RawFile } from "./raw_source.ts";

/**
 * Writes a file's bytes as they come and checks them against the contract on
 * the way: UTF-8, all columns, at least one row, no ragged rows. Memory does
 * not grow with the file.
 *
 * @throws {IngestError} when the file is not what the contract says; the copy
 * is then not whole.
 */
export async function checkedCopy(
  table: TableContract,
  { bytes, to, log, signal }: {
    bytes: AsyncIterable<Uint8Array>;
    to: string;
    log: (line: string) => void;
    signal: AbortSignal | undefined;
  },
): Promise<RawFile> {
  const { name, file } = table;
  const scanner = new CsvScanner({
    table: name,
    file,
    onHeader: (header) => checkHeader(table, header, log),
  });
  const hash = createHash("sha256");
  let size = 0;
  using out = await Deno.open(to, { write: true, createNew: true });
  for await (const chunk of bytes) {
    signal?.throwIfAborted();
    scanner.push(chunk);
    hash.update(chunk);
    size += chunk.length;
    await writeAll(out, chunk);
  }
  const { rows } = scanner.end();
  if (rows === 0) {
    throw new IngestError(
      `Cannot read ${name}: ${file} has a header and no rows, must have at least one row`,
      { file, line: 1 },
    );
  }
  return { table: name, file, rows, bytes: size, sha256: hash.digest("hex") };
}

function checkHeader(
  { name, file, columns }: TableContract,
  header: readonly string[],
  log: (line: string) => void,
): void {
  const known = columns.map((column) => column.name);
  const missing = known.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new IngestError(
      `Cannot read ${name}: ${columnsText(missing)} missing from the header at ${file} line 1, ` +
        `must have ${known.join(", ")}`,
      { file, line: 1 },
    );
  }
  const repeated = known.filter((column) => header.filter((found) => found === column).length > 1);
  if (repeated.length > 0) {
    throw new IngestError(
      `Cannot read ${name}: ${columnsText(repeated)} more than once in the header at ${file} ` +
        `line 1, must be there once`,
      { file, line: 1 },
    );
  }
  const extra = header.filter((column) => !known.includes(column));
  if (extra.length > 0) {
    log(`${file}: ${columnsText(extra)} not in the contract, stays out of the tables`);
  }
}

function columnsText(names: readonly string[]): string {
  return `${names.length === 1 ? "column" : "columns"} ${
    names.map((name) => `"${name}"`).join(", ")
  }`;
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
}
