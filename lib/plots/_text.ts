/** Widths as a share of the font size, by kind of character; generous, for fonts differ. */
const NARROW = /[ .,:;'|!iljtfrI()[\]-]/;
const WIDE = /[mwMW@%—–…]/;
const CAPITAL = /[A-Z0-9&+=#$]/;

/**
 * About how many px a text is wide in the theme's font. There is no font to
 * measure with outside a browser, so this errs on the wide side.
 */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const char of text) {
    if (NARROW.test(char)) ems += 0.37;
    else if (WIDE.test(char)) ems += 0.95;
    else if (CAPITAL.test(char)) ems += 0.67;
    else ems += char.codePointAt(0)! > 0x2e80 ? 1.05 : 0.6;
  }
  return ems * fontSize;
}

/** The text, cut with an ellipsis where it would be wider than `width` px. */
export function fitText(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const chars = [...text];
  while (chars.length > 1 && textWidth(chars.join("") + "…", fontSize) > width) chars.pop();
  return chars.join("").trimEnd() + "…";
}

/** The text in at most `lines` lines of `width` px, broken at spaces, the last cut to fit. */
export function wrapText(
  text: string,
  { width, fontSize, lines }: { width: number; fontSize: number; lines: number },
): string[] {
  const result: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = result.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    const fits = last !== undefined && textWidth(joined, fontSize) <= width;
    if (fits || (last !== undefined && result.length === lines)) result[result.length - 1] = joined;
    else result.push(word);
  }
  return result.map((line) => fitText(line, width, fontSize));
}
