/**
 * What went wrong, for the program that has to answer for it:
 *
 * - `usage`: the command was called wrongly (exit code 2)
 * - `environment`: the machine lacks something or refuses it (exit code 2)
 * - `data`: the data is not what its contract says (exit code 1)
 * - `failed`: a cell, a data test or the gate failed (exit code 1)
 */
export type FailureKind = "usage" | "environment" | "data" | "failed";

/**
 * An error that a user can act on. Rooms throw it, or a subclass with the
 * fields their callers read; only `lib/cli` prints it and exits.
 *
 * The message says what could not be done, what was found and where, and what
 * it must be, without a final period.
 *
 * @example
 * ```ts
 * import { FeiraError } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const error = new FeiraError("data", "Cannot read reviews: review_score is 7, must be 1..5");
 * assert.equal(error.exitCode, 1);
 * ```
 */
export class FeiraError extends Error {
  override name = "FeiraError";
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }

  /** 2 for `usage` and `environment`, else 1. */
  get exitCode(): 1 | 2 {
    return this.kind === "usage" || this.kind === "environment" ? 2 : 1;
  }
}
