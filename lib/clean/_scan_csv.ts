/** What a scan sees of one record; records are the header (0) and the rows from 1. */
export type VisitRecord = (record: CsvRecord) => void;

/** One record's shape; the scan reuses the object from record to record. */
export interface CsvRecord {
  /** Number of the record: 0 is the header. */
  index: number;
  /** The line on which the record starts, from 1. */
  line: number;
  /** How many fields it has; 1 for a blank line. */
  fields: number;
  isBlank: boolean;
  /** Byte offsets of the record, without its line ending. */
  start: number;
  end: number;
}

/** A quote where RFC 4180 allows none. */
export class QuoteFault extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const QUOTE = 0x22, COMMA = 0x2c, LF = 0x0a, CR = 0x0d;

/**
 * Goes through the bytes of a CSV file (RFC 4180; LF or CRLF) and tells the
 * shape of every record. polars reads values fast but fills short rows with
 * nulls, cuts long ones and knows no line numbers: this scan is what notices.
 *
 * A blank line is a record of its own, as polars counts it. Linear in the
 * bytes, constant memory.
 *
 * @throws {QuoteFault} for a quote inside an unquoted field, text after a
 * closing quote, or a quote that is never closed.
 */
export function scanCsv(bytes: Uint8Array, visit: VisitRecord): void {
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const record: CsvRecord = {
    index: 0,
    line: 1,
    fields: 1,
    isBlank: true,
    start: hasBom ? 3 : 0,
    end: 0,
  };
  const { length } = bytes;
  let line = 1;
  let fieldStart = record.start;
  let closedAt = -1;

  const emit = (end: number, next: number) => {
    record.end = end > record.start && bytes[end - 1] === CR ? end - 1 : end;
    record.isBlank = record.end === record.start;
    visit(record);
    record.index += 1;
    record.line = line;
    record.fields = 1;
    record.start = fieldStart = next;
  };

  for (let i = record.start; i < length; i++) {
    const byte = bytes[i];
    if (byte === COMMA) {
      record.fields += 1;
      fieldStart = i + 1;
    } else if (byte === LF) {
      line += 1;
      emit(i, i + 1);
    } else if (byte === QUOTE) {
      if (i !== fieldStart) throw new QuoteFault("a quote inside an unquoted value", line);
      const openedOn = line;
      for (i += 1; i < length; i++) {
        const inner = bytes[i];
        if (inner === LF) line += 1;
        else if (inner === QUOTE) {
          if (bytes[i + 1] !== QUOTE) break;
          i += 1;
        }
      }
      if (i >= length) throw new QuoteFault("a quote that is never closed", openedOn);
      closedAt = i + 1;
      const after = bytes[closedAt];
      const isEnd = closedAt === length || after === COMMA || after === LF ||
        (after === CR && (closedAt + 1 === length || bytes[closedAt + 1] === LF));
      if (!isEnd) throw new QuoteFault("text after a closing quote", line);
    }
  }
  if (record.start < length) emit(length, length);
}

/** The fields of one record, unquoted. */
export function fieldsOf(record: string): string[] {
  const field = /"((?:[^"]|"")*)"|[^,]*/y;
  const fields = [];
  for (let at = 0; at <= record.length; at = field.lastIndex + 1) {
    field.lastIndex = at;
    const match = field.exec(record)!;
    fields.push(match[1]?.replaceAll('""', '"') ?? match[0]);
  }
  return fields;
}
