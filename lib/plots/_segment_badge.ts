import { label, tag } from "./_markup.ts";
import { inkOn, segmentColor, THEME } from "./theme.ts";

/** A segment's number in its colour: the same mark in every figure. */
export function segmentBadge(
  id: number,
  x: number,
  y: number,
  { ring = false }: { ring?: boolean } = {},
): string {
  const color = segmentColor(id);
  return tag("circle", {
    cx: x,
    cy: y,
    r: 10.5,
    fill: color,
    stroke: ring ? THEME.paper : undefined,
    "stroke-width": ring ? 2.5 : undefined,
  }) +
    label(String(id), {
      x,
      y,
      dy: "0.35em",
      "text-anchor": "middle",
      "font-weight": 700,
      // Parts of segments have three digits, which would not fit.
      "font-size": id > 99 ? 10 : undefined,
      fill: inkOn(color),
    });
}
