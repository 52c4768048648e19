import { type FailureKind, FeiraError } from "feira/workspace";

/** Where in the raw data something is wrong, as far as it is known. */
export interface IngestErrorOptions extends ErrorOptions {
  /** @default "data" */
  readonly kind?: FailureKind;
  /** Name of the file, without folders. */
  readonly file?: string;
  /** Line in the file, from 1. */
  readonly line?: number;
}

/**
 * Raw data that cannot be taken, with the place of the fault.
 *
 * @example
 * ```ts
 * import { IngestError } from "feira/ingest";
 * import assert from "node:assert/strict";
 *
 * const error = new IngestError("Cannot read orders: …", { file: "orders.csv", line: 1 });
 * assert.equal(error.kind, "data");
 * assert.equal(error.line, 1);
 * ```
 */
export class IngestError extends FeiraError {
  override name = "IngestError";
  readonly file: string | undefined;
  readonly line: number | undefined;

  constructor(message: string, options: IngestErrorOptions = {}) {
    const { kind = "data", file, line, ...rest } = options;
    super(kind, message, rest);
    this.file = file;
    this.line = line;
  }
}
