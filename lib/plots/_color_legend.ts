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
  { x, y, width, palette, marks = {}, write = writerOf(lo, hi) }: {
    x: number;
    y: number;
    width: number;
    palette: PaletteName;
    /** Attributes by which a page's script finds the bar. */
    marks?: Readonly<Record<string, string | number>>;
    /** How its values are written; by default with as many decimals as the scale needs. */
    write?: (value: number) => string;
  },
): string {
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

/** Three significant figures of the larger end, whole from 100 on; its decimals hold for all. */
function writerOf(lo: number, hi: number): (value: number) => string {
  const size = Math.max(Math.abs(lo), Math.abs(hi));
  const decimals = size >= 100 || size === 0 ? 0 : 2 - Math.floor(Math.log10(size));
  const format = (value: number) => Number(value.toFixed(Math.min(decimals, 20)));
  return (value) => formatNumber(format(value));
}
