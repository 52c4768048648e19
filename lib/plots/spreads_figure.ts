import { boxAxis, drawBox, drawBoxTicks, type SpreadSummary, writeMedian } from "./_box_plot.ts";
import { assertSome } from "./_check.ts";
import { at, label, tag } from "./_markup.ts";
import { fitText, wrapText } from "./_text.ts";
import { type Figure, type FigureOptions, NARROW, toFigure, toFit } from "./figure.ts";
import { BOLD, PLAIN, THEME } from "./theme.ts";

/** A feature that groups are compared by. */
export interface SpreadFeature {
  readonly label: string;
  readonly unit: string;
  /** A log10(1 + value) axis, for long tails from zero up. */
  readonly log?: boolean;
}

/** A group with its spread by each feature, in the features' order. */
export interface SpreadGroup {
  readonly name: string;
  readonly color: string;
  readonly spreads: readonly SpreadSummary[];
}

const WHAT = "draw spreads";
const [HEAD, ROW, FOOT, GAP] = [40, 44, 24, 10];

/**
 * Groups side by side: a row per group, a column per feature, in each cell the
 * middle half of the group's values and the median.
 *
 * @throws {RangeError} when there is no group or feature, or a group has another number of spreads
 *
 * ```ts
 * import { spreadsFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const features = [{ label: "Last order", unit: "days ago" }];
 * const spreads = [{ p5: 10, q25: 30, median: 90, q75: 140, p95: 170 }];
 * const figure = spreadsFigure(features, [{ name: "recent", color: "#0072b2", spreads }], {
 *   title: "They were here lately",
 * });
 * assert.match(figure.alt, /recent: Last order 90/);
 * ```
 */
export function spreadsFigure(
  features: readonly SpreadFeature[],
  groups: readonly SpreadGroup[],
  options: FigureOptions,
): Figure {
  assertSome(WHAT, "features", features.length);
  assertSome(WHAT, "groups", groups.length);
  for (const { name, spreads } of groups) {
    if (spreads.length !== features.length) {
      throw new RangeError(
        `Cannot ${WHAT}: ${name} has ${spreads.length} spreads, must have ${features.length}`,
      );
    }
  }
  return toFit((width) => drawSpreads(features, groups, { width, options }));
}

/** Names beside their boxes; on a phone above them. */
function drawSpreads(
  features: readonly SpreadFeature[],
  groups: readonly SpreadGroup[],
  { width, options }: { width: number; options: FigureOptions },
): Figure {
  const [labels, drop] = width < NARROW ? [0, 22] : [160, 0];
  const row = ROW + drop;
  const column = (width - labels) / features.length;
  const rules = groups.map((_, i) =>
    tag("line", { x1: 0, x2: width, y1: HEAD + i * row, y2: HEAD + i * row, stroke: THEME.grid })
  ).join("");
  const names = groups.map(({ name, color }, i) =>
    at(0, HEAD + i * row, drawName(name, color, labels || width))
  ).join("");
  const columns = features.map((feature, i) =>
    at(
      labels + i * column,
      0,
      drawColumn(feature, groups.map(toPart(i)), { width: column - GAP, row, drop }),
    )
  ).join("");
  const alt = options.alt ??
    groups.map(({ name, spreads }) =>
      `${name}: ${
        spreads.map((spread, i) => `${features[i]!.label} ${writeMedian(spread)}`).join(", ")
      }`
    ).join("; ");
  const caption = options.caption ??
    "Number and dark line: the median. Box: the middle half of the customers; the thin line leaves out one in twenty to either side." +
      (features.some(({ log }) => log) ? " A log axis grows tenfold from mark to mark." : "");
  const height = HEAD + groups.length * row + FOOT;
  return toFigure(rules + names + columns, { ...options, caption, alt, width, height });
}

/** Narrow columns: a little smaller, so that no head is cut. */
const HEADING = { ...BOLD, fontSize: 12 } as const;
const SMALL = { fontSize: 12 } as const;

const toPart = (i: number) => ({ color, spreads }: SpreadGroup) => ({ color, spread: spreads[i]! });

function drawName(name: string, color: string, width: number): string {
  const lines = wrapText(name, { ...PLAIN, width: width - 24, lines: width < 200 ? 2 : 1 });
  const first = width >= 200 ? 18 : lines.length === 1 ? 27 : 18;
  return tag("rect", { y: first - 11, width: 11, height: 11, rx: 2, fill: color }) +
    lines.map((line, i) => label(line, { x: 18, y: first + i * 16 })).join("");
}

function drawColumn(
  { label: name, unit, log = false }: SpreadFeature,
  parts: readonly { readonly color: string; readonly spread: SpreadSummary }[],
  { width, row, drop }: { width: number; row: number; drop: number },
): string {
  const head = width + GAP - 2;
  const axis = boxAxis(parts.map(({ spread }) => spread), { width, log });
  const rows = parts.map(({ color, spread }, i) => {
    const y = HEAD + i * row + drop;
    const x = Number.isNaN(spread.median) ? 0 : axis.place(spread.median);
    return drawBox(spread, { axis, y: y + 24, height: 12, color }) +
      label(writeMedian(spread), {
        x: Math.min(Math.max(x, 14), width - 14),
        y: y + 18,
        "text-anchor": "middle",
        "font-weight": 600,
      });
  }).join("");
  return label(fitText(name, head, HEADING), { y: 14, "font-weight": 600, "font-size": 12 }) +
    label(fitText(unit + (log ? ", log" : ""), head, SMALL), {
      y: 31,
      fill: THEME.quietInk,
      "font-size": 12,
    }) +
    rows + drawBoxTicks(axis, { y: HEAD + parts.length * row + 2, width });
}
