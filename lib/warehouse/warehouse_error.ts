import { FeiraError } from "feira/workspace";

const SHOWN_LINES = 6;

/**
 * The engine refused a statement. The message holds what the engine says and
 * the statement's first lines; `sql` holds all of it.
 *
 * @example
 * ```ts
 * import { WarehouseError } from "feira/warehouse";
 * import assert from "node:assert/strict";
 *
 * const error = new WarehouseError("select x", new Error("no column x"));
 * assert.equal(error.message, "Cannot run statement: no column x\n  select x");
 * ```
 */
export class WarehouseError extends FeiraError {
  override name = "WarehouseError";
  /** The whole statement. */
  readonly sql: string;

  constructor(sql: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super("failed", `Cannot run statement: ${firstParagraph(reason)}\n${firstLines(sql)}`, {
      cause,
    });
    this.sql = sql;
  }
}

/** DuckDB adds the statement after an empty line; it is shown once, and by us. */
function firstParagraph(reason: string): string {
  return reason.split(/\n\s*\nLINE /)[0]!.trim();
}

function firstLines(sql: string): string {
  const lines = sql.trim().split("\n");
  const shown = lines.slice(0, SHOWN_LINES).map((line) => `  ${line.trimEnd()}`);
  return [...shown, ...(lines.length > SHOWN_LINES ? ["  …"] : [])].join("\n");
}
