import { boxAxis, drawBox, drawBoxTicks, type SpreadSummary, writeMedian } from "./_box_plot.ts";
import { assertSome, toFinite } from "./_check.ts";
import { at, label, px, tag } from "./_markup.ts";
import { fitText } from "./_text.ts";
import { type Figure, type FigureOptions, toFigure } from "./figure.ts";
import { formatNumber } from "./format_number.ts";
import { BOLD, PLAIN, THEME } from "./theme.ts";

/** A feature of a group beside all others. */
export interface PortraitSpread {
  readonly label: string;
  readonly unit: string;
  /** A log10(1 + value) axis, for long tails from zero up. */
  readonly log?: boolean;
  readonly own: SpreadSummary;
  readonly others: SpreadSummary;
}

/** How often a kind is met in a group, with its interval, and among everyone; all 0..1. */
export interface PortraitShare {
  readonly name: string;
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly everyoneShare: number;
  /** Whether the difference is more than chance: written bold. */
  readonly isDistinct: boolean;
}

/** What {@linkcode portraitFigure} draws of one group. */
export interface PortraitFigureData {
  readonly name: string;
  readonly color: string;
  readonly spreads: readonly PortraitSpread[];
  /** At most three lists stand side by side. */
  readonly lists: readonly { readonly label: string; readonly shares: readonly PortraitShare[] }[];
}

const WHAT = "draw a portrait";
const [WIDTH, GAP, PANEL, HEAD] = [560, 24, 92, 30];
const [BOX, ROW, LINE] = [13, 22, 40];

/**
 * One group in a picture: each feature's spread above that of all others, and
 * lists of kinds with the group's share as a bar and everyone's as a mark.
 *
 * @throws {RangeError} when there is no feature, a share is not finite, or there are more than
 *   three lists
 *
 * ```ts
 * import { portraitFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const own = { p5: 1, q25: 2, median: 3, q75: 5, p95: 9 };
 * const portrait = {
 *   name: "Repeat buyers", color: "#0072b2", lists: [],
 *   spreads: [{ label: "Last order", unit: "days ago", own, others: { ...own, median: 4 } }],
 * };
 * assert.match(portraitFigure(portrait, { title: "t" }).alt, /Last order: median 3 days ago, others 4/);
 * ```
 */
export function portraitFigure(portrait: PortraitFigureData, options: FigureOptions): Figure {
  const { name, spreads, lists, color } = portrait;
  assertSome(WHAT, "spreads", spreads.length);
  if (lists.length > 3) {
    throw new RangeError(`Cannot ${WHAT}: found ${lists.length} lists, must be 3 at most`);
  }
  for (const { shares } of lists) {
    for (const { name, ...values } of shares) {
      for (const key of ["share", "low", "high", "everyoneShare"] as const) {
        toFinite(WHAT, `${key} of ${name}`, values[key]);
      }
    }
  }
  const half = (WIDTH - GAP) / 2;
  const panels = spreads.map((spread, i) =>
    at(
      (i % 2) * (half + GAP),
      HEAD + Math.floor(i / 2) * PANEL,
      drawSpread(spread, { width: half, color }),
    )
  ).join("");
  const below = HEAD + Math.ceil(spreads.length / 2) * PANEL + 10;
  const third = (WIDTH - 2 * GAP) / 3;
  const drawn = lists.map(({ label, shares }, i) =>
    at(i * (third + GAP), below, drawList(label, shares, { width: third, color }))
  ).join("");
  const longest = Math.max(0, ...lists.map(({ shares }) => shares.length));
  const height = lists.length === 0 ? below : below + 24 + longest * LINE;
  const caption = options.caption ??
    "Boxes: the middle half of the customers, the dark line their median; thin lines leave out one in twenty " +
      "to either side. Bars: share of these customers, with its range of doubt; the dark mark is everyone's share. " +
      "Bold: more or less than chance explains.";
  return toFigure(drawKey(name, color) + panels + drawn, {
    ...options,
    caption,
    alt: options.alt ?? altOf(portrait),
    width: WIDTH,
    height,
  });
}

function altOf({ name, spreads, lists }: PortraitFigureData): string {
  const features = spreads.map(({ label, unit, own, others }) =>
    `${label}: median ${writeMedian(own)} ${unit}, others ${writeMedian(others)}`
  );
  const kinds = lists.map(({ label, shares }) =>
    `${label}: ${
      shares.map((each) =>
        `${each.name} ${percent(each.share)}, everyone ${percent(each.everyoneShare)}`
      ).join("; ")
    }`
  );
  return `${name}. ${[...features, ...kinds].join(". ")}`;
}

function drawKey(name: string, color: string): string {
  const box = (x: number, fill: string) =>
    tag("rect", { x, y: 4, width: 13, height: 13, rx: 2, fill, "fill-opacity": 0.6, stroke: fill });
  const text = fitText(name, WIDTH - 150, BOLD);
  return box(0, color) + label(text, { x: 20, y: 15, "font-weight": 600 }) +
    box(WIDTH - 110, THEME.quiet) +
    label("all others", { x: WIDTH - 90, y: 15, fill: THEME.quietInk });
}

function drawSpread(
  { label: name, unit, log = false, own, others }: PortraitSpread,
  { width, color }: { width: number; color: string },
): string {
  const numbers = 56;
  const room = width - numbers;
  const axis = boxAxis([own, others], { width: room, log });
  const row = (spread: SpreadSummary, y: number, fill: string, weight?: number) =>
    drawBox(spread, { axis, y, height: BOX, color: fill }) +
    label(writeMedian(spread), {
      x: width,
      y: y + 11,
      "text-anchor": "end",
      "font-variant": "tabular-nums",
      "font-weight": weight,
      fill: weight === undefined ? THEME.quietInk : undefined,
    });
  const y = 24;
  return label(fitText(name, width - 90, BOLD), { y: 14, "font-weight": 600 }) +
    label(fitText(unit + (log ? ", log axis" : ""), 150, PLAIN), {
      x: width,
      y: 14,
      "text-anchor": "end",
      fill: THEME.quietInk,
    }) +
    row(own, y, color, 600) + row(others, y + ROW, THEME.quiet) +
    drawBoxTicks(axis, { y: y + ROW + BOX + 4, width: room });
}

function drawList(
  title: string,
  shares: readonly PortraitShare[],
  { width, color }: { width: number; color: string },
): string {
  const most = Math.max(
    1e-9,
    ...shares.flatMap(({ high, everyoneShare }) => [high, everyoneShare]),
  );
  const bars = width - 50;
  const place = (share: number) => Math.min(1, share / most) * bars;
  const rows = shares.map(({ name, share, low, high, everyoneShare, isDistinct }, i) => {
    const y = 24 + i * LINE;
    const text = percent(share);
    const weight = isDistinct ? 600 : undefined;
    const style = isDistinct ? BOLD : PLAIN;
    const said = tag(
      "title",
      {},
      `${percent(share)} (${percent(low)} to ${percent(high)}), everyone ${percent(everyoneShare)}`,
    );
    return label(fitText(name, width, style), { y: y + 14, "font-weight": weight }) +
      label(text, {
        x: width,
        y: y + 28,
        "text-anchor": "end",
        "font-variant": "tabular-nums",
        "font-weight": weight,
      }) +
      tag(
        "g",
        {},
        said +
          tag("rect", {
            y: y + 19,
            width: Math.max(1, place(share)),
            height: 9,
            fill: color,
            "fill-opacity": 0.55,
          }) +
          tag("path", {
            d: `M${px(place(low))},${px(y + 23.5)}H${px(place(high))}`,
            stroke: THEME.quietInk,
          }) +
          tag("path", {
            d: `M${px(place(everyoneShare))},${px(y + 17)}v13`,
            stroke: THEME.ink,
            "stroke-width": 2,
          }),
      );
  }).join("");
  return label(fitText(title, width, BOLD), { y: 14, "font-weight": 600 }) + rows;
}

function percent(share: number): string {
  return formatNumber(share, { format: "percent", digits: 1 });
}
