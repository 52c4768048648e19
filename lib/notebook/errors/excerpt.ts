/** More than this of a line is cut away around its caret. */
const WIDTH = 96;

/**
 * A line of source, and below it a caret where something is.
 *
 * @param column from 1; without it the line alone is shown.
 * @param endColumn the column after the last that is meant; default: one character.
 *
 * @example
 * ```ts
 * import { excerpt } from "./excerpt.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(excerpt("const a = b;", 11, 12), "    const a = b;\n              ^");
 * ```
 */
export function excerpt(text: string, column?: number, endColumn?: number): string {
  // A tab is as wide as the terminal pleases, a space is not.
  const line = text.replaceAll("\t", " ").trimEnd();
  const start = column === undefined ? 0 : Math.min(Math.max(column - 1, 0), line.length);
  const from = line.length <= WIDTH ? 0 : Math.max(0, Math.min(start - 20, line.length - WIDTH));
  const to = Math.min(line.length, from + WIDTH);
  const shown = `${from > 0 ? "…" : ""}${line.slice(from, to)}${to < line.length ? "…" : ""}`;
  if (column === undefined) return `    ${shown}`;
  const length = Math.max(1, Math.min(endColumn ?? 0, to + 1) - column);
  const indent = " ".repeat(4 + start - from + (from > 0 ? 1 : 0));
  return `    ${shown}\n${indent}${"^".repeat(length)}`;
}
