import * as Plot from "@observablehq/plot";
import { numberAxis } from "./_axis.ts";
import { assertSome, toFinite } from "./_check.ts";
import { label } from "./_markup.ts";
import { drawPlot } from "./_plot.ts";
import type { Row } from "./_table_columns.ts";
import { fitText, nameOf, textWidth, wrapText } from "./_text.ts";
import { type Figure, type FigureOptions, NARROW, toFigure, toFit } from "./figure.ts";
import { formatNumber, type NumberFormat } from "./format_number.ts";
import { PLAIN, THEME } from "./theme.ts";

/** What a bar figure can be told. */
export interface BarOptions extends FigureOptions {
  /** The key of the categories, in the rows' order; each must be there once. */
  readonly x: string;
  /** The key of the numbers. */
  readonly y: string;
  /** What y is, with its unit. */
  readonly yLabel?: string;
  /** What the categories are. */
  readonly xLabel?: string;
  /** How the numbers on the bars are written. */
  readonly format?: NumberFormat;
  readonly digits?: number;
  /** Lying bars; by default when the categories' names would not fit under standing ones. */
  readonly horizontal?: boolean;
  /** Categories to point out; the others turn grey. */
  readonly highlight?: readonly string[];
  /** px; by default 640, and drawn once more for a phone. */
  readonly width?: number;
}

interface Bar {
  readonly name: string;
  readonly value: number;
  readonly printed: string;
  readonly color: string;
}

const WHAT = "draw bars";

/**
 * One bar per row, in the rows' order, each with its number printed.
 *
 * @param rows one record per bar; y must be finite, x is shown as text
 * @throws {RangeError} when rows are empty, a number is not finite, a category comes twice or
 *   one is highlighted that is not there
 * @throws {TypeError} when y is not a number
 *
 * ```ts
 * import { barFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const figure = barFigure([{ state: "SP", orders: 41746 }, { state: "RJ", orders: 12852 }], {
 *   x: "state",
 *   y: "orders",
 *   title: "São Paulo orders three times as much as Rio",
 * });
 * assert.match(figure.svg, /41,746/);
 * ```
 */
export function barFigure(
  rows: readonly object[],
  options: BarOptions,
): Figure {
  assertSome(WHAT, "rows", rows.length);
  const bars = rows.map((row, i) => toBar(row as Row, i, options));
  const seen = new Set<string>();
  for (const { name } of bars) {
    if (seen.has(name)) {
      throw new RangeError(
        `Cannot ${WHAT}: ${options.x} ${JSON.stringify(name)} comes twice, must be in one row`,
      );
    }
    seen.add(name);
  }
  for (const name of options.highlight ?? []) {
    if (!seen.has(name)) {
      throw new RangeError(
        `Cannot ${WHAT}: highlight has ${JSON.stringify(name)}, must be a ${options.x} of the rows`,
      );
    }
  }
  return options.width === undefined
    ? toFit((width) => drawBars(bars, width, options))
    : drawBars(bars, options.width, options);
}

function drawBars(bars: readonly Bar[], width: number, options: BarOptions): Figure {
  const band = (width - 20) / bars.length;
  const crowded = bars.some(({ name, printed }) =>
    textWidth(name, PLAIN) > band - 6 || textWidth(printed, PLAIN) > band - 2
  );
  // Standing bars are a wish that a phone has no room for.
  const lies = width < NARROW ? options.horizontal || crowded : options.horizontal ?? crowded;
  const { body, height } = lies ? lying(bars, width, options) : standing(bars, width, options);
  const alt = options.alt ?? `Bars of ${options.yLabel ?? options.y}: ` +
      bars.slice(0, 30).map(({ name, printed }) => `${name} ${printed}`).join(", ") +
      (bars.length > 30 ? ` and ${bars.length - 30} more` : "");
  return toFigure(body, { ...options, alt, width, height });
}

function toBar(row: Row, i: number, options: BarOptions): Bar {
  const { x, y, highlight, format = "auto", digits } = options;
  const name = nameOf(row[x]);
  const value = toFinite(WHAT, `${y} of row ${i}`, row[y]);
  const chosen = highlight === undefined || highlight.includes(name);
  return {
    name,
    value,
    printed: formatNumber(value, { format, digits }),
    color: chosen ? THEME.accent : THEME.quiet,
  };
}

const tooltip = ({ name, printed }: Bar) => `${name}: ${printed}`;

function standing(bars: readonly Bar[], width: number, { xLabel, y, yLabel = y }: BarOptions) {
  const height = 320;
  const axis = numberAxis(bars.map(({ value }) => value));
  const { markup } = drawPlot({
    width,
    height,
    marginLeft: 10,
    marginRight: 10,
    marginTop: 40,
    marginBottom: xLabel === undefined ? 30 : 48,
    x: { type: "band", domain: bars.map(({ name }) => name), padding: 0.25 },
    y: { domain: axis.domain, axis: null },
    marks: [
      Plot.barY(bars, { x: "name", y: "value", fill: "color", title: tooltip }),
      ...[false, true].map((below) =>
        Plot.text(bars.filter(({ value }) => (value < 0) === below), {
          x: "name",
          y: "value",
          text: "printed",
          lineAnchor: below ? "top" : "bottom",
          dy: below ? 5 : -5,
          fontVariant: "tabular-nums",
        })
      ),
      Plot.ruleY([0], { stroke: THEME.ink }),
      Plot.axisX({ label: xLabel ?? null, labelAnchor: "center", labelArrow: "none", tickSize: 0 }),
      heading(yLabel, width),
    ],
  });
  return { body: markup, height };
}

function lying(bars: readonly Bar[], width: number, { xLabel, y, yLabel = y }: BarOptions) {
  const nameRoom = Math.min(
    Math.max(...bars.map(({ name }) => textWidth(name, PLAIN))) + 12,
    width * 0.34,
  );
  const numberRoom = Math.max(...bars.map(({ printed }) => textWidth(printed, PLAIN))) +
    10;
  const wrap = (name: string) => wrapText(name, { ...PLAIN, width: nameRoom - 12, lines: 2 });
  const lines = Math.max(...bars.map(({ name }) => wrap(name).length));
  const negative = bars.some(({ value }) => value < 0);
  const marginLeft = nameRoom + (negative ? numberRoom : 0);
  // What the numbers are stands over them, or, where that is too narrow, over all in two lines.
  const said = xLabel === undefined ? yLabel : `${yLabel} by ${midSentence(xLabel)}`;
  const isLong = textWidth(said, PLAIN) > width - marginLeft - 4;
  const above = isLong ? wrapText(said, { ...PLAIN, width, lines: 2 }) : [];
  const marginTop = isLong ? 14 + 17 * above.length : 32;
  const height = 8 + marginTop + bars.length * (lines > 1 ? 38 : 25);
  const { markup } = drawPlot({
    width,
    height,
    marginLeft,
    marginRight: numberRoom,
    marginTop,
    marginBottom: 8,
    x: {
      domain: [
        Math.min(
          0,
          ...bars.map((b) => b.value),
        ),
        Math.max(...bars.map((b) => b.value), negative ? 0 : 1e-9),
      ],
      axis: null,
    },
    y: { type: "band", domain: bars.map(({ name }) => name), padding: 0.22 },
    marks: [
      Plot.barX(bars, { x: "value", y: "name", fill: "color", title: tooltip }),
      ...[false, true].map((below) =>
        Plot.text(bars.filter(({ value }) => (value < 0) === below), {
          x: "value",
          y: "name",
          text: "printed",
          textAnchor: below ? "end" : "start",
          dx: below ? -5 : 5,
          fontVariant: "tabular-nums",
        })
      ),
      Plot.axisY({
        label: null,
        tickSize: 0,
        tickFormat: (name: string) => wrap(name).join("\n"),
        ...(negative && { dx: -numberRoom }),
      }),
      Plot.ruleX([0], { stroke: THEME.ink }),
      ...(isLong ? [] : [heading(said, width)]),
    ],
  });
  const head = above.map((line, i) => label(line, { y: 14 + 17 * i, fill: THEME.quietInk })).join(
    "",
  );
  return { body: head + markup, height };
}

/** "Installments" within a sentence; abbreviations keep their capitals. */
function midSentence(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}

/** What the numbers are, at the top left, where an axis without ticks has no other place for it. */
function heading(text: string, width: number): Plot.Markish {
  return Plot.text([fitText(text, width - 40, PLAIN)], {
    frameAnchor: "top-left",
    dx: 0,
    dy: -26,
    fill: THEME.quietInk,
    lineAnchor: "top",
    clip: false,
  });
}
