import * as Plot from "@observablehq/plot";
// @ts-types="npm:@types/d3-array@3.2.2"
import { ticks } from "d3-array";
import { numberAxis } from "./_axis.ts";
import { type Bins, binValues } from "./_bins.ts";
import { assertSome, assertValues } from "./_check.ts";
import { at, label } from "./_markup.ts";
import { drawPlot } from "./_plot.ts";
import { fitText } from "./_text.ts";
import { type Figure, type FigureOptions, toFigure } from "./figure.ts";
import { formatNumber } from "./format_number.ts";
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
const [PANEL, ROW, GAP] = [262, 190, 26];

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
  const across = Math.min(options.columns ?? 3, features.length);
  const panels = features.map(summarise);
  const body = panels.map((panel, i) =>
    at((i % across) * (PANEL + GAP), Math.floor(i / across) * ROW, drawPanel(panel))
  ).join("");
  const alt = options.alt ?? `Histograms. ${panels.map(({ said }) => said).join("; ")}`;
  const caption = options.caption ??
    "Share of all customers by value; the orange line is the median." +
      (panels.some(({ bins }) => bins.log) ? " A log axis grows tenfold from mark to mark." : "");
  const width = across * PANEL + (across - 1) * GAP;
  const height = Math.ceil(features.length / across) * ROW - 14;
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
    `${formatNumber(median)}${unit && ` ${unit}`}`;
  return { name, unit, bins, median, said };
}

function drawPanel({ name, unit, bins, median }: Panel): string {
  const axis = numberAxis(bins.shares, { count: 3, format: "percent" });
  const bars = bins.shares.map((share, i) => ({
    share,
    from: bins.edges[i]!,
    to: bins.edges[i + 1]!,
  })).filter(({ share }) => share > 0);
  const ticksAt = new Map(bins.ticks.map(({ at, text }) => [at, text]));
  const { markup } = drawPlot({
    width: PANEL,
    height: 136,
    marginLeft: Math.max(40, axis.margin),
    marginRight: 20,
    marginTop: 8,
    marginBottom: 24,
    x: { domain: [bins.edges[0]!, bins.edges.at(-1)!] },
    y: { domain: axis.domain, label: null },
    marks: [
      Plot.gridY(axis.ticks, { stroke: THEME.grid, strokeOpacity: 1 }),
      Plot.axisY(axis.ticks, { tickFormat: axis.tickFormat, tickSize: 0, label: null }),
      Plot.rectY(bars, { x1: "from", x2: "to", y: "share", fill: THEME.accent, inset: 0.4 }),
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
  const note = `median ${formatNumber(median)}${unit && ` ${unit}`}${bins.log ? ", log axis" : ""}`;
  return label(fitText(name, PANEL, BOLD), { y: 14, "font-weight": 600 }) +
    label(fitText(note, PANEL, PLAIN), { y: 31, fill: THEME.quietInk }) +
    at(0, 36, markup);
}
