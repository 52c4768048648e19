/** A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Rows as CSV (RFC 4180: commas, CRLF, a header) that a spreadsheet can open
 * without harm: a text that begins with `=`, `+`, `-`, `@`, a tab or a carriage
 * return, which a spreadsheet would run as a formula, gets an apostrophe before
 * it and is quoted. Numbers are written as JavaScript writes them, a missing
 * value as nothing.
 *
 * @param columns in this order; what else a row has is left out
 *
 * @example
 * ```ts
 * import { toSafeCsv } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const rows = [{ city: "são paulo, SP", note: "=1+1", margin: -0.5 }, { city: null, margin: 1 }];
 * assert.equal(
 *   toSafeCsv(["city", "note", "margin"], rows),
 *   'city,note,margin\r\n"são paulo, SP","\'=1+1",-0.5\r\n,,1\r\n',
 * );
 * ```
 */
export function toSafeCsv(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): string {
  const lines = rows.map((row) => columns.map((name) => toCell(row[name])).join(","));
  return [columns.map(toCell).join(","), ...lines, ""].join("\r\n");
}

function toCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  if (typeof value === "string" && FORMULA.test(text)) return quote(`'${text}`);
  return /[",\r\n]/.test(text) ? quote(text) : text;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
