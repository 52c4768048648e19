/**
 * The one look of all figures: fonts, inks and colours. Segments wear the
 * Okabe-Ito palette (Okabe & Ito 2008, "Color Universal Design"), which stays
 * apart under the common kinds of colour blindness.
 */
export const THEME = {
  /** No font is embedded: every system has its own under these names. */
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
  /** Size of ordinary text in a figure, px of the figure's own width. */
  fontSize: 13,
  ink: "#1b1e23",
  quietInk: "#5a626c",
  grid: "#e3e6ea",
  paper: "#ffffff",
  accent: "#0072b2",
  /** For whatever stands behind or beside the accent. */
  quiet: "#b4bcc6",
  /** Against the accent: knees, warnings, customers on a grey map. */
  contrast: "#d55e00",
} as const;

const OKABE_ITO = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#cc79a7",
  "#d55e00",
  "#56b4e9",
  "#f0e442",
  "#000000",
] as const;

/**
 * The colour of a segment, the same in every figure and table.
 *
 * There are eight; segment 8 wears segment 0's again, so figures always print
 * the number too.
 *
 * @throws {RangeError} when the id is not a whole number from 0
 *
 * ```ts
 * import { segmentColor } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * assert.equal(segmentColor(0), "#0072b2");
 * assert.equal(segmentColor(9), segmentColor(1));
 * ```
 */
export function segmentColor(id: number): string {
  if (!Number.isSafeInteger(id) || id < 0) {
    throw new RangeError(`Cannot colour a segment: id is ${id}, must be a whole number from 0`);
  }
  return OKABE_ITO[id % OKABE_ITO.length]!;
}

/** Ordinary text and bold text, for measuring. */
export const PLAIN = { fontSize: THEME.fontSize } as const;
export const BOLD = { fontSize: THEME.fontSize, bold: true } as const;

/** Black or white, whichever reads better on a colour such as "#0072b2". */
export function inkOn(color: string): string {
  const channel = (at: number) => {
    const c = parseInt(color.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  // The luminance at which WCAG's contrast against black and against white is equal.
  return luminance > 0.179 ? "#000000" : "#ffffff";
}
