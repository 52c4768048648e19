import { label, px, tag } from "./_markup.ts";
import type { MapFrame } from "./_map_frame.ts";
import { formatNumber } from "./format_number.ts";
import { THEME } from "./theme.ts";

/** Sizes that are told apart; the rounding moves an edge by less than a fifth of a pixel. */
const SIZES = 32;

/** The share of the map that dots may cover at most. */
const COVERED = 0.2;

interface Hits {
  /** Dots on the map. */
  readonly dots: string;
  /** What three sizes of dot stand for, drawn from (0, 0) to the right, 24 px high. */
  readonly legend: string;
}

/**
 * Customers as dots on their neurons, area in proportion to how many. All
 * dots of a size are one path of zero-length strokes with round caps: 3,200
 * neurons make 32 elements.
 */
export function drawHits(
  hits: ArrayLike<number>,
  { frame, color, opacity = 0.8 }: { frame: MapFrame; color: string; opacity?: number },
): Hits {
  let most = 0;
  let sum = 0;
  for (let i = 0; i < hits.length; i++) {
    most = Math.max(most, hits[i]!);
    sum += hits[i]!;
  }
  // A dot may reach over its neighbours, or the many small ones would not be seen; but all of
  // them together must leave the map to be seen.
  const covering = frame.cell * Math.sqrt(COVERED * hits.length * most / (Math.PI * sum));
  const largest = Math.min(frame.cell * 1.6, 14, covering);
  const paths = new Array<string>(SIZES + 1).fill("");
  for (let i = 0; i < hits.length; i++) {
    if (hits[i]! <= 0) continue;
    const { x, y } = frame.centre(i);
    const size = Math.max(1, Math.round(Math.sqrt(hits[i]! / most) * SIZES));
    paths[size] += `M${px(Math.round(x * 10) / 10)} ${px(Math.round(y * 10) / 10)}h0`;
  }
  const stroke = { stroke: color, "stroke-linecap": "round", fill: "none" };
  const dots = paths.map((d, size) =>
    d && tag("path", { d, "stroke-width": 2 * largest * size / SIZES })
  ).join("");
  const shown = [...new Set([1, 0.25, 0.04].map((share) => Math.round(most * share)))]
    .filter((count) => count > 0);
  let x = 0;
  const keys = shown.map((count) => {
    const radius = largest * Math.sqrt(count / most);
    const key =
      tag("circle", { cx: x + radius, cy: 12, r: radius, fill: color, "fill-opacity": opacity }) +
      label(formatNumber(count), { x: x + 2 * radius + 5, y: 16 });
    x += 2 * radius + 5 + formatNumber(count).length * 8 + 18;
    return key;
  });
  const legend = keys.length === 0
    ? label("no customers", { x: 0, y: 16 })
    : keys.join("") + label("customers on the neuron", { x, y: 16, fill: THEME.quietInk });
  return { dots: tag("g", { ...stroke, "stroke-opacity": opacity }, dots), legend };
}
