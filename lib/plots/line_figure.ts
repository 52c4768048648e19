import * as Plot from "@observablehq/plot";
import { numberAxis } from "./_axis.ts";
import { assertSome, toFinite } from "./_check.ts";
import { at, label } from "./_markup.ts";
import { drawPlot } from "./_plot.ts";
import { spread } from "./_spread.ts";
import type { Row } from "./_table_columns.ts";
import { fitText, textWidth } from "./_text.ts";
import { type Figure, type FigureOptions, NARROW, toFigure, toFit } from "./figure.ts";
import { formatNumber, type NumberFormat } from "./format_number.ts";
import { BOLD, segmentColor, THEME } from "./theme.ts";

/** What a line figure can be told. */
export interface LineOptions extends FigureOptions {
  /** The key of the dates: "2018-01", "2018-01-31", "2018-01-31 13:05:00" or a Date, read as UTC. */
  readonly x: string;
  /** The key of the numbers; null leaves a gap. */
  readonly y: string;
  /** The key that tells lines apart; one line without it. */
  readonly series?: string;
  /** What y is, with its unit. */
  readonly yLabel?: string;
  readonly format?: NumberFormat;
  readonly digits?: number;
  /** Whether the axis starts at zero, true by default. */
  readonly zero?: boolean;
  /** px; by default 640, and drawn once more for a phone. */
  readonly width?: number;
}

interface Point {
  readonly date: Date;
  readonly value: number;
  readonly series: string;
  readonly title: string;
}

const WHAT = "draw lines";

/**
 * Numbers over time, one line per series, each line named at its end.
 *
 * @param rows one record per point, in any order
 * @throws {RangeError} when rows are empty, a date cannot be read, a number is not
 *   finite or there are more than eight series
 * @throws {TypeError} when y is neither a number nor null
 *
 * ```ts
 * import { lineFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const rows = [{ month: "2018-01", revenue: 950 }, { month: "2018-02", revenue: 1100 }];
 * const figure = lineFigure(rows, { x: "month", y: "revenue", title: "Revenue grows" });
 * assert.match(figure.alt, /2018-01-01 950 to 2018-02-01 1,100/);
 * ```
 */
export function lineFigure(
  rows: readonly object[],
  options: LineOptions,
): Figure {
  assertSome(WHAT, "rows", rows.length);
  const { y } = options;
  const points = rows.map((row, i) => toPoint(row as Row, i, options))
    .sort((a, b) => a.date.getTime() - b.date.getTime());
  const names = [...new Set(points.map(({ series }) => series))];
  if (names.length > 8) {
    throw new RangeError(`Cannot ${WHAT}: there are ${names.length} series, must be 8 or fewer`);
  }
  const shown = points.filter(({ value }) => !Number.isNaN(value));
  assertSome(WHAT, `every ${y} is null: what is left`, shown.length);
  return options.width === undefined
    ? toFit((width) => drawLines({ points, names, shown }, width, options))
    : drawLines({ points, names, shown }, options.width, options);
}

interface Lines {
  readonly points: readonly Point[];
  readonly names: readonly string[];
  /** The points that have a value. */
  readonly shown: readonly Point[];
}

function drawLines({ points, names, shown }: Lines, width: number, options: LineOptions): Figure {
  const { y, yLabel = y, format, digits } = options;
  const height = width < NARROW ? 260 : 340;
  const axis = numberAxis(shown.map(({ value }) => value), {
    zero: options.zero ?? true,
    format,
    digits,
  });
  const many = options.series !== undefined;
  const nameRoom = many
    ? Math.min(width * 0.27, Math.max(...names.map((name) => textWidth(name, BOLD))) + 14)
    : 16;
  const color = ({ series }: Point) => segmentColor(names.indexOf(series));
  const { markup, place } = drawPlot({
    width,
    height,
    marginLeft: axis.margin,
    marginRight: nameRoom,
    marginTop: 34,
    marginBottom: 40,
    x: { type: "utc", label: null },
    y: { domain: axis.domain },
    marks: [
      Plot.gridY(axis.ticks, { stroke: THEME.grid, strokeOpacity: 1 }),
      Plot.axisY(axis.ticks, {
        tickFormat: axis.tickFormat,
        tickSize: 0,
        label: yLabel,
        labelArrow: "none",
      }),
      Plot.axisX({ ticks: width < NARROW ? 3 : 8, tickSize: 4, label: null }),
      ...(axis.domain[0] <= 0 ? [Plot.ruleY([0], { stroke: THEME.ink })] : []),
      Plot.lineY(points, { x: "date", y: "value", z: "series", stroke: color, strokeWidth: 2 }),
      Plot.dot(shown, {
        x: "date",
        y: "value",
        r: shown.length > 150 ? 0 : 2.5,
        fill: color,
        title: "title",
      }),
    ],
  });
  const ends = names.flatMap((name) => shown.findLast(({ series }) => series === name) ?? []);
  const heights = spread(ends.map(({ value }) => place("y", value)), THEME.fontSize + 3, [
    20,
    height - 40,
  ]);
  const endNames = !many ? "" : ends.map((end, i) =>
    at(
      width - nameRoom + 8,
      heights[i]! + 4,
      label(fitText(end.series, nameRoom - 10, BOLD), {
        "text-anchor": "start",
        "font-weight": 600,
      }),
    )
  ).join("");
  const alt = options.alt ?? describe(yLabel, names, shown, options);
  return toFigure(markup + endNames, { ...options, alt, width, height });
}

function toPoint(row: Row, i: number, options: LineOptions): Point {
  const { x, y, series, format = "auto", digits } = options;
  const date = toDate(row[x], `${x} of row ${i}`);
  const missing = row[y] === null || row[y] === undefined;
  const value = missing ? NaN : toFinite(WHAT, `${y} of row ${i}`, row[y]);
  const name = series === undefined ? "" : String(row[series] ?? "–");
  const day = date.toISOString().slice(0, 10);
  const title = [name, day, formatNumber(value, { format, digits })].filter(Boolean).join(" ");
  return { date, value, series: name, title };
}

function toDate(value: unknown, name: string): Date {
  const text = value instanceof Date && !Number.isNaN(value.getTime())
    ? value.toISOString()
    : String(value);
  const date = new Date(/^\d{4}-\d\d(-\d\d)?([ T][\d:.]+Z?)?$/.test(text) ? isoOf(text) : NaN);
  if (Number.isNaN(date.getTime())) {
    throw new RangeError(
      `Cannot ${WHAT}: ${name} is "${text}", must be a date such as "2018-01-31"`,
    );
  }
  return date;
}

/** Local timestamps are drawn as if UTC, so that no clock's zone moves them. */
function isoOf(text: string): string {
  const [day, time] = text.replace(/Z$/, "").split(/[ T]/);
  return time === undefined ? day! : `${day}T${time}Z`;
}

function describe(
  yLabel: string,
  names: readonly string[],
  shown: readonly Point[],
  { format = "auto", digits }: LineOptions,
): string {
  const said = names.flatMap((name) => {
    const own = shown.filter(({ series }) => series === name);
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) return [];
    const say = ({ date, value }: Point) =>
      `${date.toISOString().slice(0, 10)} ${formatNumber(value, { format, digits })}`;
    return [`${name && name + " "}from ${say(first)} to ${say(last)}`];
  });
  return `Lines of ${yLabel}: ${said.join("; ")}`;
}
