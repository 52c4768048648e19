import { assertSome, toFinite } from "./_check.ts";
import { colorLegend, LEGEND_HEIGHT } from "./_color_legend.ts";
import { at, escapeText, label, tag } from "./_markup.ts";
import { colorsOf } from "./_palette.ts";
import { colorRange } from "./_raster.ts";
import type { Row } from "./_table_columns.ts";
import { fitText, nameOf, textWidth } from "./_text.ts";
import { type Figure, type FigureOptions, NARROW, toFigure, toFit } from "./figure.ts";
import { formatNumber, type NumberFormat } from "./format_number.ts";
import { inkOn, PLAIN, THEME } from "./theme.ts";

/** What a heatmap can be told. */
export interface HeatmapOptions extends FigureOptions {
  /** The keys of the columns and of the rows, in the order in which they first appear. */
  readonly x: string;
  readonly y: string;
  /** The key of the number; null and pairs that are not there leave a gap. */
  readonly value: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly valueLabel?: string;
  readonly format?: NumberFormat;
  readonly digits?: number;
}

const WHAT = "draw a heatmap";
const [HEAD, ROW] = [44, 24];
/** Written in the cells, px. */
const SMALL = { fontSize: 12 } as const;

/**
 * A table of numbers as colours, each number in its cell where it fits.
 *
 * @param rows one record per cell
 * @throws {RangeError} when rows are empty, no cell has a number, one is not finite, a pair
 *   comes twice, or there are more than 40 columns
 * @throws {TypeError} when a value is neither a number nor null
 *
 * ```ts
 * import { heatmapFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const rows = [{ cohort: "2018-01", month: 1, back: 0.02 }, { cohort: "2018-01", month: 2, back: 0.01 }];
 * const options = { x: "month", y: "cohort", value: "back", title: "Few come back" };
 * assert.match(heatmapFigure(rows, options).alt, /2 cells from 0.01 to 0.02/);
 * ```
 */
export function heatmapFigure(rows: readonly object[], options: HeatmapOptions): Figure {
  assertSome(WHAT, "rows", rows.length);
  const { value, valueLabel = value, xLabel = options.x, yLabel = options.y } = options;
  const { columns, lines, cells } = readCells(rows as readonly Row[], options);
  if (columns.length > 40) {
    throw new RangeError(
      `Cannot ${WHAT}: there are ${columns.length} columns, must be 40 or fewer`,
    );
  }
  const numbers = [...cells.values()];
  assertSome(WHAT, `every ${value} is null: what is left`, numbers.length);
  return toFit((width) =>
    drawCells({ columns, lines, cells }, width, { ...options, valueLabel, xLabel, yLabel })
  );
}

interface Cells {
  readonly columns: readonly string[];
  readonly lines: readonly string[];
  readonly cells: ReadonlyMap<string, number>;
}

function drawCells(
  { columns, lines, cells }: Cells,
  width: number,
  options: Required<Pick<HeatmapOptions, "valueLabel" | "xLabel" | "yLabel">> & HeatmapOptions,
): Figure {
  const { valueLabel, xLabel, yLabel } = options;
  const numbers = [...cells.values()];
  const range = colorRange(numbers);
  const isNarrow = width < NARROW;
  const color = colorsOf("cividis");
  const print = (number: number) =>
    formatNumber(number, { format: options.format ?? "auto", digits: options.digits });
  const names = Math.min(
    160,
    Math.max(...[yLabel, ...lines].map((name) => textWidth(name, PLAIN))) + 12,
  );
  const cell = Math.min(60, (width - names) / columns.length);
  // Where names are wider than their columns, every second or third has its name.
  const widest = Math.max(...columns.map((name) => textWidth(name, SMALL)));
  const step = Math.min(columns.length, Math.ceil((widest + 4) / cell));
  const head = columns.map((name, i) =>
    i % step > 0 ? "" : label(fitText(name, step * cell - 2, SMALL), {
      x: names + (i + 0.5) * cell,
      y: HEAD - 8,
      "text-anchor": "middle",
      "font-size": SMALL.fontSize,
    })
  ).join("");
  const body = lines.map((line, j) =>
    at(
      0,
      HEAD + j * ROW,
      label(fitText(line, names - 8, PLAIN), { y: 16 }) +
        columns.map((column, i) => {
          const number = cells.get(keyOf(column, line));
          return number === undefined ? "" : drawCell({
            x: names + i * cell,
            width: cell,
            color: color(number, range),
            text: print(number),
            title: `${line}, ${column}: ${print(number)}`,
          });
        }).join(""),
    )
  ).join("");
  const low = HEAD + lines.length * ROW + 12;
  const legendX = isNarrow ? 0 : names;
  const legend = colorLegend(range, {
    x: legendX,
    y: low,
    width: 180,
    palette: "cividis",
    write: print,
  }) + label(fitText(valueLabel, isNarrow ? width : width - names - 190, PLAIN), {
    x: legendX + (isNarrow ? 0 : 190),
    y: low + (isNarrow ? LEGEND_HEIGHT + 12 : 9),
    fill: THEME.quietInk,
  });
  const axes =
    label(fitText(xLabel, width - names, PLAIN), { x: names, y: 14, fill: THEME.quietInk }) +
    label(fitText(yLabel, names - 8, PLAIN), { y: HEAD - 8, fill: THEME.quietInk });
  const alt = options.alt ?? `Heatmap of ${valueLabel} by ${yLabel} and ${xLabel}: ` +
      `${numbers.length} cells from ${print(Math.min(...numbers))} to ${
        print(Math.max(...numbers))
      }`;
  const caption = options.caption ??
    "Yellow is high, dark blue low" + (range.clipped ? "; ≥ marks where the colours end." : ".");
  return toFigure(axes + head + body + legend, {
    ...options,
    caption,
    alt,
    width,
    height: low + LEGEND_HEIGHT + (isNarrow ? 20 : 0),
  });
}

const keyOf = (column: string, line: string) => JSON.stringify([column, line]);
function readCells(rows: readonly Row[], { x, y, value }: HeatmapOptions) {
  const [columns, lines] = [new Set<string>(), new Set<string>()];
  const [cells, seen] = [new Map<string, number>(), new Set<string>()];
  rows.forEach((row, i) => {
    const [column, line] = [nameOf(row[x]), nameOf(row[y])];
    columns.add(column);
    lines.add(line);
    const key = keyOf(column, line);
    if (seen.has(key)) {
      throw new RangeError(
        `Cannot ${WHAT}: ${x} "${column}" and ${y} "${line}" come twice, must be in one row`,
      );
    }
    seen.add(key);
    const missing = row[value] === null || row[value] === undefined;
    if (!missing) cells.set(key, toFinite(WHAT, `${value} of row ${i}`, row[value]));
  });
  return { columns: [...columns], lines: [...lines], cells };
}

function drawCell(
  { x, width, color, text, title }: {
    x: number;
    width: number;
    color: string;
    text: string;
    title: string;
  },
): string {
  const fits = textWidth(text, SMALL) <= width - 2;
  return tag(
    "g",
    {},
    tag("title", {}, escapeText(title)) +
      tag("rect", { x: x + 0.5, y: 0.5, width: width - 1, height: ROW - 1, fill: color }) +
      (fits
        ? label(text, {
          x: x + width / 2,
          y: 16.5,
          "text-anchor": "middle",
          "font-size": SMALL.fontSize,
          "font-variant": "tabular-nums",
          fill: inkOn(color),
        })
        : ""),
  );
}
