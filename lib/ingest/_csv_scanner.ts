import { IngestError } from "./ingest_error.ts";

/** What a scan found in one file. */
export interface CsvShape {
  /** Names in the header, unquoted, without a byte order mark. */
  readonly header: readonly string[];
  /** Records after the header; lines without any character are none. */
  readonly rows: number;
}

const [LF, CR, QUOTE, COMMA] = [10, 13, 34, 44];
const BOM = [0xef, 0xbb, 0xbf];

/**
 * Where the scan stands in the record at hand; `quote` is after a quote inside
 * quotes, which is the end of the value or the first half of a doubled quote.
 */
type Stand = "start" | "plain" | "quoted" | "quote";

/**
 * Reads CSV byte by byte without keeping it: is it UTF-8, what is its header,
 * how many records, do all have as many values. Quoted values may hold commas,
 * newlines and doubled quotes (RFC 4180); lines end in LF or CRLF.
 */
export class CsvScanner {
  readonly #table: string;
  readonly #file: string;
  readonly #onHeader: (header: readonly string[]) => void;
  #header: string[] | undefined;
  #headerBytes: number[] = [];
  #rows = 0;
  #offset = 0;
  #line = 1;
  #recordLine = 1;
  #fields = 1;
  #isEmptyRecord = true;
  #at: Stand = "start";
  /** Bytes that must still follow of the character at hand, and the bounds of the next one. */
  #following = 0;
  #least = 0x80;
  #most = 0xbf;
  #lead = 0;

  /** @param onHeader is called once, as soon as the header is whole; what it throws ends the scan. */
  constructor(
    { table, file, onHeader }: {
      table: string;
      file: string;
      onHeader: (header: readonly string[]) => void;
    },
  ) {
    this.#table = table;
    this.#file = file;
    this.#onHeader = onHeader;
  }

  /** @throws {IngestError} at the first byte or record that is wrong. */
  push(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.#isInside(byte)) continue;
      const isBom = this.#offset < BOM.length && byte === BOM[this.#offset];
      this.#offset++;
      if (byte > 0x7f || this.#following > 0) this.#checkUtf8(byte);
      if (!isBom) this.#step(byte);
    }
  }

  /** @throws {IngestError} when the file ends in the middle of a value or has no header. */
  end(): CsvShape {
    if (this.#following > 0) throw this.#badByte(this.#lead);
    if (this.#at === "quoted") {
      throw this.#error("the quote that its record opens never closes", {
        line: this.#recordLine,
        must: "closed before the file ends",
      });
    }
    this.#endRecord();
    if (this.#header === undefined) {
      throw this.#error("is empty", { line: 1, must: "a header and at least one row" });
    }
    return { header: this.#header, rows: this.#rows };
  }

  /** Most bytes by far are letters and digits inside a value and change nothing. */
  #isInside(byte: number): boolean {
    return byte > COMMA && byte < 0x80 && this.#following === 0 && this.#header !== undefined &&
      (this.#at === "plain" || this.#at === "quoted");
  }

  #step(byte: number): void {
    if (this.#header === undefined && byte !== LF) this.#headerBytes.push(byte);
    if (byte === LF) this.#line++;
    if (this.#at === "quoted") {
      if (byte === QUOTE) this.#at = "quote";
      return;
    }
    if (byte === LF) {
      this.#endRecord();
      return;
    }
    if (byte === COMMA) {
      this.#fields++;
      this.#at = "start";
    } else if (byte === QUOTE && this.#at !== "plain") this.#at = "quoted";
    else if (byte !== CR) this.#at = "plain";
    if (byte !== CR) this.#isEmptyRecord = false;
  }

  #endRecord(): void {
    if (!this.#isEmptyRecord) {
      if (this.#header === undefined) this.#endHeader();
      else {
        this.#rows++;
        if (this.#fields !== this.#header.length) throw this.#ragged();
      }
    }
    this.#fields = 1;
    this.#isEmptyRecord = true;
    this.#at = "start";
    this.#recordLine = this.#line;
  }

  #endHeader(): void {
    const text = new TextDecoder().decode(new Uint8Array(this.#headerBytes));
    this.#header = text.trimEnd().split(",").map((name) => name.replace(/^"(.*)"$/, "$1"));
    this.#headerBytes = [];
    this.#onHeader(this.#header);
  }

  /** The ranges of well-formed UTF-8 (Unicode 15, table 3-7): no overlong form, no surrogate. */
  #checkUtf8(byte: number): void {
    if (this.#following > 0) {
      if (byte < this.#least || byte > this.#most) {
        throw this.#badByte(byte < 0x80 ? this.#lead : byte);
      }
      this.#following--;
      this.#least = 0x80;
      this.#most = 0xbf;
      return;
    }
    this.#lead = byte;
    if (byte >= 0xc2 && byte <= 0xdf) this.#following = 1;
    else if (byte >= 0xe0 && byte <= 0xef) this.#following = 2;
    else if (byte >= 0xf0 && byte <= 0xf4) this.#following = 3;
    else throw this.#badByte(byte);
    if (byte === 0xe0) this.#least = 0xa0;
    if (byte === 0xed) this.#most = 0x9f;
    if (byte === 0xf0) this.#least = 0x90;
    if (byte === 0xf4) this.#most = 0x8f;
  }

  #badByte(byte: number): IngestError {
    const code = byte.toString(16).toUpperCase().padStart(2, "0");
    return this.#error(`byte 0x${code} is not UTF-8`, { line: this.#line, must: "UTF-8 text" });
  }

  #ragged(): IngestError {
    const { length } = this.#header!;
    const found = `${this.#fields} value${this.#fields === 1 ? "" : "s"}`;
    return this.#error(`a row has ${found}`, {
      line: this.#recordLine,
      must: `${length}, as the header`,
    });
  }

  #error(found: string, { line, must }: { line: number; must: string }): IngestError {
    return new IngestError(
      `Cannot read ${this.#table}: ${found} at ${this.#file} line ${line}, must be ${must}`,
      { file: this.#file, line },
    );
  }
}
