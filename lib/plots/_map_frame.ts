import { label, tag } from "./_markup.ts";
import type { GridSize, Place } from "./_raster.ts";
import { THEME } from "./theme.ts";

/** A map's place in a figure and where its neurons lie. */
export interface MapFrame {
  readonly place: Place;
  /** Side of a neuron's square, px. */
  readonly cell: number;
  /** The middle of a neuron's square, px. */
  readonly centre: (neuron: number) => { readonly x: number; readonly y: number };
  /** Outline and the neurons' numbers along both sides. */
  readonly axes: string;
  /** The lower end of all that, px. */
  readonly bottom: number;
}

const LEFT = 28;
const TOP = 6;

/** As large as the width allows, squares staying squares, at most 520 px high. */
export function mapFrame({ width, height }: GridSize, figureWidth: number): MapFrame {
  const cell = Math.min((figureWidth - LEFT - 8) / width, 520 / height);
  const place = { x: LEFT, y: TOP, width: cell * width, height: cell * height };
  const low = TOP + place.height;
  const ticks = (count: number, most: number) => {
    const step = [1, 2, 5, 10, 20, 50, 100].find((step) => count / step <= most) ?? 200;
    return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
  };
  const style = { fill: THEME.quietInk, "font-size": THEME.fontSize - 2 };
  const axes = tag("rect", { ...place, fill: "none", stroke: THEME.quiet, "stroke-width": 0.5 }) +
    ticks(width, 10).map((x) =>
      label(String(x), {
        x: LEFT + (x + 0.5) * cell,
        y: low + 14,
        "text-anchor": "middle",
        ...style,
      })
    ).join("") +
    ticks(height, 5).map((y) =>
      label(String(y), {
        x: LEFT - 6,
        y: low - (y + 0.5) * cell + 4,
        "text-anchor": "end",
        ...style,
      })
    ).join("");
  const centre = (neuron: number) => ({
    x: LEFT + (Math.floor(neuron / height) + 0.5) * cell,
    y: low - (neuron % height + 0.5) * cell,
  });
  return { place, cell, centre, axes, bottom: low + 20 };
}
