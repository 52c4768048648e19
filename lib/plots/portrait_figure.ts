import { boxAxis, drawBox, drawBoxTicks, type SpreadSummary, writeMedian } from "./_box_plot.ts";
import { assertSome, toFinite } from "./_check.ts";
import { at, label, tag } from "./_markup.ts";
import { drawShareList, percent, type PortraitShare, SHARE_LINE } from "./_share_list.ts";
import { fitText } from "./_text.ts";
import { type Figure, type FigureOptions, NARROW, toFigure, toFit } from "./figure.ts";
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

export type { PortraitShare };

/** What {@linkcode portraitFigure} draws of one group. */
export interface PortraitFigureData {
  readonly name: string;
  readonly color: string;
  readonly spreads: readonly PortraitSpread[];
  /** At most three lists stand side by side. */
  readonly lists: readonly { readonly label: string; readonly shares: readonly PortraitShare[] }[];
}

const WHAT = "draw a portrait";
const [GAP, PANEL, HEAD] = [24, 92, 30];
const [BOX, ROW] = [13, 22];

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
  const { spreads, lists } = portrait;
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
  return toFit((width) => drawPortrait(portrait, width, options));
}

/** Two features and three lists side by side; on a phone one below the other. */
function drawPortrait(
  portrait: PortraitFigureData,
  width: number,
  options: FigureOptions,
): Figure {
  const { name, spreads, lists, color } = portrait;
  const [across, listsAcross] = width < NARROW ? [1, 1] : [2, 3];
  const panel = (width - (across - 1) * GAP) / across;
  const panels = spreads.map((spread, i) =>
    at(
      (i % across) * (panel + GAP),
      HEAD + Math.floor(i / across) * PANEL,
      drawSpread(spread, { width: panel, color }),
    )
  ).join("");
  const below = HEAD + Math.ceil(spreads.length / across) * PANEL + 10;
  const list = (width - (listsAcross - 1) * GAP) / listsAcross;
  const longest = Math.max(0, ...lists.map(({ shares }) => shares.length));
  const listHeight = 34 + longest * SHARE_LINE;
  const drawn = lists.map(({ label, shares }, i) =>
    at(
      (i % listsAcross) * (list + GAP),
      below + Math.floor(i / listsAcross) * listHeight,
      drawShareList(label, shares, { width: list, color }),
    )
  ).join("");
  const height = below + Math.ceil(lists.length / listsAcross) * listHeight;
  const caption = options.caption ??
    "Boxes: the middle half of the customers, the dark line their median; thin lines leave out one in twenty " +
      "to either side. Bars: share of these customers, with its range of doubt; the dark mark is everyone's share. " +
      "Bold: more or less than chance explains.";
  const alt = options.alt ?? altOf(portrait);
  return toFigure(drawKey(name, color, width) + panels + drawn, {
    ...options,
    caption,
    alt,
    width,
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

function drawKey(name: string, color: string, width: number): string {
  const box = (x: number, fill: string) =>
    tag("rect", { x, y: 4, width: 13, height: 13, rx: 2, fill, "fill-opacity": 0.6, stroke: fill });
  const text = fitText(name, width - 140, BOLD);
  return box(0, color) + label(text, { x: 20, y: 15, "font-weight": 600 }) +
    box(width - 86, THEME.quiet) +
    label("all others", { x: width - 66, y: 15, fill: THEME.quietInk });
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
