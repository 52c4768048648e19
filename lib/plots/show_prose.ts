import { DISPLAY, type Display } from "./_display.ts";

/** Prose that Jupyter shows when it is a cell's last value. */
export interface Prose extends Display {
  /** Absent where there is none. */
  readonly heading?: string;
  readonly paragraphs: readonly string[];
}

/** What has a meaning in Markdown anywhere in a line; a backslash before each takes it away. */
const SPECIAL = /[\\`*_{}[\]<>#|~$^&]/g;
/** What begins a list. */
const LEADING = /^(\d*)([-+.)])/;

/**
 * Sentences made of data, set as the prose around them, with a heading that the
 * page's table of contents knows. Everything is text: nothing in it is read as
 * Markdown.
 *
 * @param paragraphs empty ones are left out
 * @param options.level of the heading, 2 to 4; 3 by default
 * @throws {RangeError} when the level is another
 *
 * ```ts
 * import { showProse } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const prose = showProse(["They *buy* much."], { heading: "Repeat buyers" });
 * assert.deepEqual(prose.paragraphs, ["They *buy* much."]);
 * ```
 */
export function showProse(
  paragraphs: readonly string[],
  { heading, level = 3 }: { readonly heading?: string; readonly level?: number } = {},
): Prose {
  if (![2, 3, 4].includes(level)) {
    throw new RangeError(`Cannot show prose: level is ${level}, must be 2, 3 or 4`);
  }
  const parts = paragraphs.map((text) => text.trim()).filter((text) => text !== "");
  const lines = heading === undefined ? parts : [heading, ...parts];
  const marked = parts.map(escapeMarkdown);
  return {
    ...(heading !== undefined && { heading }),
    paragraphs: parts,
    [DISPLAY]: () => ({
      "text/markdown": [
        ...heading === undefined ? [] : [`${"#".repeat(level)} ${escapeMarkdown(heading)}`],
        ...marked,
      ].join("\n\n"),
      "text/plain": lines.join("\n\n"),
    }),
  };
}

function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, " ").replace(SPECIAL, "\\$&").replace(LEADING, "$1\\$2");
}
