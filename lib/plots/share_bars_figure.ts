import { assertSome, toFinite } from "./_check.ts";
import { at, escapeText, label, tag } from "./_markup.ts";
import { colorsOf } from "./_palette.ts";
import type { Row } from "./_table_columns.ts";
import { fitText, nameOf, textWidth } from "./_text.ts";
import { type Figure, type FigureOptions, NARROW, toFigure, toFit } from "./figure.ts";
import { formatNumber, sharePercent } from "./format_number.ts";
import { inkOn, PLAIN, THEME } from "./theme.ts";

/** What bars of shares can be told. */
export interface ShareBarsOptions extends FigureOptions {
  /** The key of the bars, in the order in which they first appear. */
  readonly x: string;
  /** The key of what a bar is divided into: numbers by size, texts as they first appear. */
  readonly part: string;
  /** The key of the numbers that shares are taken of; from 0. */
  readonly value: string;
  readonly xLabel?: string;
  readonly partLabel?: string;
  /** What the numbers count, for the totals beside the bars: "reviews". */
  readonly unit?: string;
}

const WHAT = "draw bars of shares";
const [HEAD, ROW, BAR] = [66, 36, 26];
const SMALL = { fontSize: 12 } as const;

/**
 * Bars of one length, each divided by share, for answers on a scale: the parts
 * keep their order, their colours run from dark to light, and each share is
 * printed where it fits. The bar's total stands at its end, for a share of few
 * means little.
 *
 * @param rows one record per bar and part
 * @throws {RangeError} when rows are empty, a number is not finite or negative, a bar adds up to
 *   nothing, a pair comes twice or there are more than eight parts
 * @throws {TypeError} when a value is not a number
 *
 * ```ts
 * import { shareBarsFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const rows = [{ late: "no", stars: 1, n: 10 }, { late: "no", stars: 5, n: 30 }, { late: "yes", stars: 1, n: 9 }];
 * const options = { x: "late", part: "stars", value: "n", title: "Late is bad" };
 * assert.match(shareBarsFigure(rows, options).alt, /no: 1 25.0%, 5 75.0%; yes: 1 100.0%/);
 * ```
 */
export function shareBarsFigure(rows: readonly object[], options: ShareBarsOptions): Figure {
  assertSome(WHAT, "rows", rows.length);
  const { unit = "", xLabel = options.x, partLabel = options.part } = options;
  const { bars, parts } = readBars(rows as readonly Row[], options);
  if (parts.length > 8) {
    throw new RangeError(`Cannot ${WHAT}: there are ${parts.length} parts, must be 8 or fewer`);
  }
  for (const [name, values] of bars) {
    if (values.every((value) => value === 0)) {
      throw new RangeError(`Cannot ${WHAT}: ${options.x} "${name}" adds up to 0, must be more`);
    }
  }
  return toFit((width) => drawShares(bars, width, { ...options, parts, unit, xLabel, partLabel }));
}

function drawShares(
  bars: ReadonlyMap<string, readonly number[]>,
  width: number,
  { parts, unit, xLabel, partLabel, ...options }: FigureOptions & {
    readonly parts: readonly string[];
    readonly unit: string;
    readonly xLabel: string;
    readonly partLabel: string;
  },
): Figure {
  const isNarrow = width < NARROW;
  const color = colorsOf("cividis");
  const colors = parts.map((_, i) => color(i, { lo: 0, hi: parts.length - 1 }));
  const totals = [...bars.values()].map((values) => values.reduce((sum, value) => sum + value, 0));
  const totalText = (total: number) => `${formatNumber(total)} ${unit}`.trim();
  // On a phone the names stand above their bars.
  const names = isNarrow ? 0 : Math.min(
    180,
    Math.max(...[xLabel, ...bars.keys()].map((name) => textWidth(name, PLAIN))) + 12,
  );
  const ends = Math.max(...totals.map((total) => textWidth(totalText(total), PLAIN))) + 10;
  const room = width - names - (isNarrow ? 0 : ends);
  const [row, drop] = isNarrow ? [ROW + 20, 24] : [ROW, 0];
  let x = names;
  const keys = parts.map((part, i) => {
    const key = tag("rect", { x, y: 24, width: 12, height: 12, fill: colors[i] }) +
      label(part, { x: x + 17, y: 34.5 });
    x += 17 + textWidth(part, PLAIN) + 16;
    return key;
  }).join("");
  const head = label(fitText(partLabel, room, PLAIN), { x: names, y: 14, fill: THEME.quietInk }) +
    keys +
    (isNarrow
      ? ""
      : label(fitText(xLabel, names - 8, PLAIN), { y: HEAD - 12, fill: THEME.quietInk }));
  const body = [...bars].map(([name, values], j) => {
    const total = totals[j]!;
    let from = names;
    const pieces = values.map((value, i) => {
      const piece = drawPiece(value / total, {
        x: from,
        width: value / total * room,
        color: colors[i]!,
        title: `${name}, ${parts[i]}: ${sharePercent(value, total)} (${totalText(value)})`,
      });
      from += value / total * room;
      return piece;
    }).join("");
    return at(
      0,
      HEAD + j * row,
      label(fitText(name, isNarrow ? width - ends : names - 10, PLAIN), { y: 18 }) +
        at(0, drop, pieces) +
        label(totalText(total), { x: width, y: 18, "text-anchor": "end", fill: THEME.quietInk }),
    );
  }).join("");
  const alt = options.alt ?? `Shares of ${partLabel} by ${xLabel}. ` +
      [...bars].map(([name, values], j) =>
        `${name}: ` +
        values.flatMap((value, i) =>
          value > 0 ? `${parts[i]} ${sharePercent(value, totals[j]!)}` : []
        ).join(", ")
      ).join("; ");
  return toFigure(head + body, {
    ...options,
    caption: options.caption ??
      "All bars are of one length; the number at the end is what it stands for.",
    alt,
    width,
    height: HEAD + bars.size * row,
  });
}

function readBars(rows: readonly Row[], { x, part, value }: ShareBarsOptions) {
  const numbers = rows.every((row) => typeof row[part] === "number");
  const ordered = numbers ? rows.toSorted((a, b) => Number(a[part]) - Number(b[part])) : rows;
  const parts = [...new Set(ordered.map((row) => nameOf(row[part])))];
  const bars = new Map<string, number[]>();
  const seen = new Set<string>();
  rows.forEach((row, i) => {
    const [bar, piece] = [nameOf(row[x]), nameOf(row[part])];
    const key = JSON.stringify([bar, piece]);
    if (seen.has(key)) {
      throw new RangeError(
        `Cannot ${WHAT}: ${x} "${bar}" and ${part} "${piece}" come twice, must be in one row`,
      );
    }
    seen.add(key);
    const number = toFinite(WHAT, `${value} of row ${i}`, row[value]);
    if (number < 0) {
      throw new RangeError(`Cannot ${WHAT}: ${value} of row ${i} is ${number}, must be 0 or more`);
    }
    if (!bars.has(bar)) bars.set(bar, parts.map(() => 0));
    bars.get(bar)![parts.indexOf(piece)] = number;
  });
  return { bars, parts };
}

function drawPiece(
  share: number,
  { x, width, color, title }: { x: number; width: number; color: string; title: string },
): string {
  if (width === 0) return "";
  const text = formatNumber(share, { format: "percent", digits: 0 });
  return tag(
    "g",
    {},
    tag("title", {}, escapeText(title)) +
      tag("rect", { x, width: Math.max(0.5, width - 1), height: BAR, fill: color }) +
      (textWidth(text, SMALL) <= width - 6
        ? label(text, {
          x: x + width / 2,
          y: 17.5,
          "text-anchor": "middle",
          "font-size": SMALL.fontSize,
          fill: inkOn(color),
        })
        : ""),
  );
}
