import { MISSING } from "./format_number.ts";

/**
 * Widths of the characters from space to tilde, in hundredths of the font
 * size, of DejaVu Sans: the widest of the fonts that system-ui may stand for,
 * so that what fits in it fits in all. Measured in Chromium.
 */
// deno-fmt-ignore
const WIDTHS = [
  32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64,
  64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63,
  58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69,
  61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58,
  28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];
/** How much wider its bold is. */
const BOLD = 1.14;

/** How a text is set. */
export interface TextStyle {
  readonly fontSize: number;
  readonly bold?: boolean;
}

/**
 * How many px a text is at most wide in the theme's font. There is no font to
 * measure with outside a browser; a few letters beyond ASCII may be wider.
 */
export function textWidth(text: string, { fontSize, bold = false }: TextStyle): number {
  let hundredths = 0;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    // Accented Latin is about as wide as plain; CJK and pictures fill a square.
    hundredths += WIDTHS[code - 32] ?? (code < 0x2e80 ? 70 : 105);
  }
  return hundredths / 100 * fontSize * (bold ? BOLD : 1);
}

/** The text, cut with an ellipsis where it would be wider than `width` px. */
export function fitText(text: string, width: number, style: TextStyle): string {
  if (textWidth(text, style) <= width) return text;
  const chars = [...text];
  while (chars.length > 1 && textWidth(chars.join("") + "…", style) > width) chars.pop();
  return chars.join("").trimEnd() + "…";
}

/** The text in at most `lines` lines of `width` px, broken at spaces, the last cut to fit. */
export function wrapText(
  text: string,
  { width, lines, ...style }: TextStyle & { width: number; lines: number },
): string[] {
  const result: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = result.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    const fits = last !== undefined && textWidth(joined, style) <= width;
    if (fits || (last !== undefined && result.length === lines)) result[result.length - 1] = joined;
    else result.push(word);
  }
  return result.map((line) => fitText(line, width, style));
}

/** A category as figures write it. */
export function nameOf(value: unknown): string {
  return value === null || value === undefined ? MISSING : String(value);
}
