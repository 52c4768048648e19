import * as Plot from "@observablehq/plot";
// @ts-types="npm:@types/d3-array@3.2.2"
import { ticks } from "d3-array";
import { numberAxis } from "./_axis.ts";
import { type Bins, binValues } from "./_bins.ts";
import { assertSome, assertValues } from "./_check.ts";
import { at, label } from "./_markup.ts";
import { drawPlot } from "./_plot.ts";
import { fitText, textWidth } from "./_text.ts";
import { type Figure, type FigureOptions, NARROW, toFigure, toFit } from "./figure.ts";
import { formatNumber, quantity } from "./format_number.ts";
import { BOLD, PLAIN, THEME } from "./theme.ts";

/** A feature and all its values. */
export interface FeatureValues {
  readonly label: string;
  readonly unit?: string | undefined;
  readonly values: ArrayLike<number>;
  /** A log10(1 + value) axis, for long tails from zero up. */
  readonly log?: boolean | undefined;
}

const WHAT = "draw histograms";
const ROW = 190;

/**
 * One small histogram per feature with its median; bars are shares of all values.
 *
 * @throws {RangeError} when there is no feature, one has no value or one that is not
 *   finite, or a log axis meets a negative value
 *
 * ```ts
 * import { histogramsFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const features = [{ label: "orders", values: Float64Array.of(1, 1, 1, 2) }];
 * assert.match(histogramsFigure(features, { title: "Most buy once" }).alt, /orders: 1 to 2, median 1/);
 * ```
 */
export function histogramsFigure(
  features: readonly FeatureValues[],
  options: FigureOptions & {
    /** Histograms side by side, 3 by default. */
    readonly columns?: number;
  },
): Figure {
  assertSome(WHAT, "features", features.length);
  const panels = features.map(summarise);
  return toFit((room) =>
    room < NARROW
      ? drawPanels(panels, { ...options, across: 2, wide: 168, gap: 14 })
      : drawPanels(panels, { ...options, across: options.columns ?? 3, wide: 262, gap: 26 })
  );
}

function drawPanels(
  panels: readonly Panel[],
  { wide, gap, ...options }: FigureOptions & {
    readonly across: number;
    /** Of a panel, and between two, px. */
    readonly wide: number;
    readonly gap: number;
  },
): Figure {
  const across = Math.min(options.across, panels.length);
  const body = panels.map((panel, i) =>
    at((i % across) * (wide + gap), Math.floor(i / across) * ROW, drawPanel(panel, wide))
  ).join("");
  const alt = options.alt ?? `Histograms. ${panels.map(({ said }) => said).join("; ")}`;
  const caption = options.caption ??
    "Share of all customers by value; the orange line is the median." +
      (panels.some(({ bins }) => bins.log) ? " A log axis grows tenfold from mark to mark." : "");
  const width = across * wide + (across - 1) * gap;
  const height = Math.ceil(panels.length / across) * ROW - 14;
  return toFigure(body, { ...options, caption, alt, width, height });
}

interface Panel {
  readonly name: string;
  readonly unit: string;
  readonly bins: Bins;
  readonly median: number;
  /** What a screen reader says. */
  readonly said: string;
}

function summarise({ label: name, unit = "", values, log = false }: FeatureValues): Panel {
  assertSome(WHAT, name, values.length);
  assertValues(WHAT, name, values);
  const sorted = Float64Array.from(values).sort();
  const [lo, hi] = [sorted[0]!, sorted.at(-1)!];
  if (log && lo < 0) {
    throw new RangeError(`Cannot ${WHAT}: ${name} is ${lo}, must be 0 or more on a log axis`);
  }
  const median = (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
  const bins = binValues(values, { log, ticksOf: (from, to) => ticks(from, to, 4) });
  const said = `${name}: ${formatNumber(lo)} to ${formatNumber(hi)}, median ` +
    quantity(median, unit);
  return { name, unit, bins, median, said };
}

function drawPanel({ name, unit, bins, median }: Panel, wide: number): string {
  const axis = numberAxis(bins.shares, { count: 3, format: "percent" });
  const bars = bins.shares.map((share, i) => ({
    share,
    from: bins.edges[i]!,
    to: bins.edges[i + 1]!,
    title: sayBin(bins, { bin: i, unit }),
  })).filter(({ share }) => share > 0);
  const left = Math.max(40, axis.margin);
  const scale = (wide - left - 20) / (bins.edges.at(-1)! - bins.edges[0]!);
  const ticksAt = new Map(apart(bins.ticks, scale).map(({ at, text }) => [at, text]));
  const { markup } = drawPlot({
    width: wide,
    height: 136,
    marginLeft: left,
    marginRight: 20,
    marginTop: 8,
    marginBottom: 24,
    x: { domain: [bins.edges[0]!, bins.edges.at(-1)!] },
    y: { domain: axis.domain, label: null },
    marks: [
      Plot.gridY(axis.ticks, { stroke: THEME.grid, strokeOpacity: 1 }),
      Plot.axisY(axis.ticks, { tickFormat: axis.tickFormat, tickSize: 0, label: null }),
      Plot.rectY(bars, {
        x1: "from",
        x2: "to",
        y: "share",
        title: "title",
        fill: THEME.accent,
        inset: 0.4,
      }),
      Plot.ruleX([bins.log ? Math.log10(1 + median) : median], {
        stroke: THEME.contrast,
        strokeWidth: 2,
      }),
      Plot.ruleY([0], { stroke: THEME.ink }),
      Plot.axisX([...ticksAt.keys()], {
        tickFormat: (tick: number) => ticksAt.get(tick)!,
        tickSize: 3,
        label: null,
      }),
    ],
  });
  const note = `median ${quantity(median, unit)}${bins.log ? ", log axis" : ""}`;
  return label(fitText(name, wide, BOLD), { y: 14, "font-weight": 600 }) +
    label(fitText(note, wide, PLAIN), { y: 31, fill: THEME.quietInk }) +
    at(0, 36, markup);
}

/** A bar's tooltip: its values and their share. */
function sayBin(
  { edges, shares, log }: Bins,
  { bin, unit }: { bin: number; unit: string },
): string {
  const [from, to] = [edges[bin]!, edges[bin + 1]!].map((edge) => log ? 10 ** edge - 1 : edge);
  const share = formatNumber(shares[bin]!, { format: "percent" });
  // Where few whole numbers have a bin each, it reaches half a unit to both sides.
  const isOneValue = !log && to! - from! === 1 && from! % 1 !== 0;
  return isOneValue
    ? `${quantity(from! + 0.5, unit)}: ${share}`
    : `${formatNumber(from!)} to ${quantity(to!, unit)}: ${share}`;
}

/** The ticks whose texts do not touch, from the left, at so many px per unit of the scale. */
function apart(ticks: Bins["ticks"], scale: number): Bins["ticks"] {
  let end = -Infinity;
  return ticks.filter(({ at, text }) => {
    const half = textWidth(text, PLAIN) / 2;
    if (at * scale - half < end + 4) return false;
    end = at * scale + half;
    return true;
  });
}
