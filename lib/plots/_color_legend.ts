import { at, label, tag } from "./_markup.ts";
import type { PaletteName } from "./_palette.ts";
import { type ColorRange, paletteImage } from "./_raster.ts";
import { formatNumber } from "./format_number.ts";
import { THEME } from "./theme.ts";

/** Height of a {@link colorLegend}, px. */
export const LEGEND_HEIGHT = 28;

/** A bar of colours with the values of its ends and, where there is room, its middle. */
export function colorLegend(
  { lo, hi, clipped }: ColorRange,
  { x, y, width, palette, digits, marks = {} }: {
    x: number;
    y: number;
    width: number;
    palette: PaletteName;
    digits?: number;
    /** Attributes by which a page's script finds the bar. */
    marks?: Readonly<Record<string, string | number>>;
  },
): string {
  const write = (value: number) =>
    // What is nothing beside the scale's length is rounding, and would be written in many digits.
    formatNumber(Math.abs(value) < (hi - lo) / 1000 ? 0 : tidy(value), { digits });
  const text = (value: string, place: number, anchor: string) =>
    label(value, {
      x: place,
      y: 23,
      "text-anchor": anchor,
      "font-size": THEME.fontSize - 1,
      "font-variant": "tabular-nums",
    });
  if (lo === hi) {
    return at(x, y, text(`${write(lo)} everywhere`, 0, "start"));
  }
  return at(
    x,
    y,
    paletteImage(palette, { x: 0, y: 0, width, height: 8 }) +
      tag("rect", {
        width,
        height: 8,
        fill: "none",
        stroke: THEME.quiet,
        "stroke-width": 0.5,
        ...marks,
      }) +
      text(write(lo), 0, "start") +
      (width >= 180 ? text(write((lo + hi) / 2), width / 2, "middle") : "") +
      text((clipped ? "≥ " : "") + write(hi), width, "end"),
  );
}

/** Three significant figures, for a legend's ends need not be exact; whole from 100 on. */
function tidy(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
