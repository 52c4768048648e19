/**
 * A text with its middle left out where it is too long; three quarters of what
 * is kept are its beginning. What was left out is said on a line of its own.
 *
 * @example
 * ```ts
 * import { shorten } from "./shorten.ts";
 * import assert from "node:assert/strict";
 *
 * const text = ["a", "b", "c", "d", "e", "f"].join("\n");
 * assert.equal(shorten(text, { lines: 4, characters: 100 }), "a\nb\nc\n… 2 lines left out …\nf");
 * ```
 */
export function shorten(text: string, keep: { lines: number; characters: number }): string {
  const lines = text.split("\n");
  if (lines.length > keep.lines) {
    const tail = Math.floor(keep.lines / 4);
    const head = lines.slice(0, keep.lines - tail);
    const left = lines.length - keep.lines;
    const parts = [...head, `… ${left} lines left out …`, ...lines.slice(lines.length - tail)];
    return shorten(parts.join("\n"), { ...keep, lines: Infinity });
  }
  if (text.length <= keep.characters) return text;
  const tail = Math.floor(keep.characters / 4);
  const left = text.length - keep.characters;
  return `${text.slice(0, keep.characters - tail)}\n… ${left} characters left out …\n${
    text.slice(text.length - tail)
  }`;
}
