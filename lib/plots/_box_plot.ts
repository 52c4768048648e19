import { label, px, tag } from "./_markup.ts";
import { formatNumber } from "./format_number.ts";
import { textWidth } from "./_text.ts";
import { PLAIN, THEME } from "./theme.ts";

/** How values spread: one in twenty lies below p5, one above p95; all NaN where there is none. */
export interface SpreadSummary {
  readonly p5: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly p95: number;
}

/** A number axis of so many px that all boxes of a feature share. */
export interface BoxAxis {
  readonly place: (value: number) => number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

const POWERS = [0, 1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/**
 * The axis over all that lies between p5 and p95 of any box: even steps, or with
 * `log` steps even in log10(1 + value), which has a place for zero.
 */
export function boxAxis(
  spreads: readonly SpreadSummary[],
  { width, log, inset = 6 }: { width: number; log: boolean; inset?: number },
): BoxAxis {
  const known = spreads.filter(({ median }) => !Number.isNaN(median));
  const lowest = Math.min(...known.map(({ p5 }) => p5));
  const highest = Math.max(...known.map(({ p95 }) => p95));
  if (known.length === 0) return { place: () => 0, ticks: [] };
  const to = log ? (value: number) => Math.log10(1 + value) : (value: number) => value;
  const [lo, hi] = lowest === highest ? [lowest - 0.5, highest + 0.5] : [lowest, highest];
  const scale = (width - 2 * inset) / (to(hi) - to(Math.max(lo, log ? 0 : lo)));
  const start = to(Math.max(lo, log ? 0 : lo));
  const place = (value: number) => inset + (to(value) - start) * scale;
  const round = log ? POWERS.filter((value) => value >= lo && value <= hi) : [];
  // Too few powers of ten to read a scale from: its ends are written instead.
  const marks = round.length >= 2 ? round : [lowest, highest];
  const ticks = [...new Set(marks)].map((value) => ({ at: place(value), text: write(value) }));
  return { place, ticks };
}

function write(value: number): string {
  return formatNumber(value, {
    format: Math.abs(value) >= 10_000 ? "compact" : "auto",
    ...(Number.isInteger(value) ? {} : { digits: Math.abs(value) < 10 ? 1 : 0 }),
  });
}

/** The median for people; whole from ten on, for its own spread is wider than a digit more. */
export function writeMedian({ median }: SpreadSummary): string {
  return formatNumber(median, Math.abs(median) >= 10 ? { format: "integer" } : { digits: 1 })
    .replace(/\.0$/, "");
}

/** One box: a line from p5 to p95, a box over the middle half, the median in it. */
export function drawBox(
  spread: SpreadSummary,
  { axis, y, height, color }: { axis: BoxAxis; y: number; height: number; color: string },
): string {
  if (Number.isNaN(spread.median)) return "";
  const { p5, q25, median, q75, p95 } = spread;
  const [from, left, middle, right, to] = [p5, q25, median, q75, p95].map(axis.place) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const half = height / 2;
  // A box without width would not be seen: half of these customers have the same value.
  const wide = Math.max(3, right - left);
  return tag("path", { d: `M${px(from)},${px(y + half)}H${px(to)}`, stroke: color }) +
    tag("rect", {
      x: left - (wide - (right - left)) / 2,
      y,
      width: wide,
      height,
      rx: 1.5,
      fill: color,
      "fill-opacity": 0.45,
      stroke: color,
    }) +
    tag("path", {
      d: `M${px(middle)},${px(y - 2)}v${px(height + 4)}`,
      stroke: THEME.ink,
      "stroke-width": 2,
    });
}

/** The ticks below boxes, the outer ones kept within `width`. */
export function drawBoxTicks(
  { ticks }: BoxAxis,
  { y, width }: { y: number; width: number },
): string {
  let free = -Infinity;
  return ticks.map(({ at, text }) => {
    const room = textWidth(text, SMALL);
    const x = Math.min(Math.max(at, room / 2), width - room / 2);
    if (x - room / 2 < free + 4) return "";
    free = x + room / 2;
    return tag("path", { d: `M${px(at)},${px(y)}v4`, stroke: THEME.quietInk }) +
      label(text, { x, y: y + 16, "text-anchor": "middle", fill: THEME.quietInk, ...SMALL_TEXT });
  }).join("");
}

const SMALL = { fontSize: PLAIN.fontSize - 1 } as const;
const SMALL_TEXT = { "font-size": SMALL.fontSize } as const;
