import { assertSome, toFinite } from "./_check.ts";
import { at, label, tag } from "./_markup.ts";
import { segmentBadge } from "./_segment_badge.ts";
import { fitText, textWidth, wrapText } from "./_text.ts";
import { type Figure, type FigureOptions, NARROW, toFigure, toFit } from "./figure.ts";
import { formatNumber, sharePercent } from "./format_number.ts";
import { BOLD, PLAIN, segmentColor, THEME } from "./theme.ts";

/** A segment's weight. */
export interface SegmentSize {
  readonly id: number;
  readonly name: string;
  readonly customers: number;
  /** Its part of all revenue, from 0 to 1. */
  readonly revenueShare: number;
}

const WHAT = "draw segment sizes";
const HEAD = 26;

/**
 * Each segment's part of the customers over its part of the revenue.
 *
 * @throws {RangeError} when there is no segment, a number is not finite or negative, or
 *   a share is above 1
 *
 * ```ts
 * import { segmentSizesFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const segments = [
 *   { id: 0, name: "most", customers: 90, revenueShare: 0.7 },
 *   { id: 1, name: "few", customers: 10, revenueShare: 0.3 },
 * ];
 * assert.match(segmentSizesFigure(segments, { title: "Few pay much" }).alt, /few: 10.0% of customers, 30.0% of revenue/);
 * ```
 */
export function segmentSizesFigure(
  segments: readonly SegmentSize[],
  options: FigureOptions,
): Figure {
  assertSome(WHAT, "segments", segments.length);
  let all = 0;
  for (const { id, customers, revenueShare } of segments) {
    all += assertFrom0(`customers of segment ${id}`, customers);
    if (assertFrom0(`revenueShare of segment ${id}`, revenueShare) > 1 + 1e-9) {
      throw new RangeError(
        `Cannot ${WHAT}: revenueShare of segment ${id} is ${revenueShare}, must be 1 or less`,
      );
    }
  }
  const rows = segments.map((segment) => ({
    ...segment,
    customerShare: all === 0 ? 0 : segment.customers / all,
  }));
  return toFit((width) => drawSizes(rows, width, options));
}

type Sized = SegmentSize & { readonly customerShare: number };

/** Names beside their bars; on a phone above them. */
function drawSizes(rows: readonly Sized[], width: number, options: FigureOptions): Figure {
  const isNarrow = width < NARROW;
  const [labels, drop] = isNarrow ? [0, 30] : [210, 0];
  const rowHeight = 62 + drop;
  const most = Math.max(...rows.flatMap((row) => [row.customerShare, row.revenueShare]), 1e-9);
  const numbers = Math.max(...rows.map((row) => textWidth(customersText(row), PLAIN)));
  const room = width - labels - numbers - 12;
  const body = label("share of customers (solid) and of revenue (outlined)", {
    x: labels,
    y: 14,
    fill: THEME.quietInk,
  }) + rows.map((row, i) =>
    at(0, HEAD + i * rowHeight, drawRow(row, { scale: room / most, width, labels, drop }))
  ).join("");
  const alt = options.alt ?? "Segment sizes. " +
      rows.map(({ id, name, customerShare, revenueShare }) =>
        `${id} ${name}: ${sharePercent(customerShare, 1)} of customers, ${
          sharePercent(revenueShare, 1)
        } of revenue`
      ).join("; ");
  const caption = options.caption ??
    "A revenue bar longer than the customer bar above it: these customers spend more than the average one.";
  const height = HEAD + rows.length * rowHeight;
  return toFigure(body, { ...options, caption, alt, width, height });
}

function customersText(row: { customers: number; customerShare: number }): string {
  return `${sharePercent(row.customerShare, 1)} · ${formatNumber(row.customers)} customers`;
}

function assertFrom0(name: string, value: number): number {
  if (toFinite(WHAT, name, value) < 0) {
    throw new RangeError(`Cannot ${WHAT}: ${name} is ${value}, must be 0 or more`);
  }
  return value;
}

function drawRow(
  { id, name, customers, customerShare, revenueShare }: Sized,
  { scale, width, labels, drop }: { scale: number; width: number; labels: number; drop: number },
): string {
  const lines = drop > 0
    ? [fitText(name, width - 34, BOLD)]
    : wrapText(name, { ...BOLD, width: labels - 40, lines: 3 });
  const color = segmentColor(id);
  const number = (text: string, share: number, y: number) =>
    label(text, { x: labels + share * scale + 7, y, "font-variant": "tabular-nums" });
  const names = lines.map((line, i) =>
    label(line, {
      x: 30,
      y: (drop > 0 ? 16 : 26) + (i - (lines.length - 1) / 2) * 17,
      "font-weight": 600,
    })
  ).join("");
  const bars =
    tag("rect", { x: labels, y: 3, width: customerShare * scale, height: 17, fill: color }) +
    number(customersText({ customers, customerShare }), customerShare, 16) +
    tag("rect", {
      x: labels + 0.75,
      y: 25,
      width: Math.max(0, revenueShare * scale - 1.5),
      height: 15.5,
      fill: color,
      "fill-opacity": 0.15,
      stroke: color,
      "stroke-width": 1.5,
    }) +
    number(`${sharePercent(revenueShare, 1)} of revenue`, revenueShare, 37);
  return segmentBadge(id, 12, drop > 0 ? 12 : 22) + names + (drop > 0 ? at(0, drop, bars) : bars);
}
