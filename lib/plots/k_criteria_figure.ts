import * as Plot from "@observablehq/plot";
import { numberAxis } from "./_axis.ts";
import { assertSome, toFinite } from "./_check.ts";
import { at, label as textLabel } from "./_markup.ts";
import { drawPlot } from "./_plot.ts";
import { type Figure, type FigureOptions, NARROW, toFigure, toFit } from "./figure.ts";
import { formatNumber } from "./format_number.ts";
import { fitText } from "./_text.ts";
import { THEME } from "./theme.ts";

/** A criterion of the number of clusters, as a curve. */
export interface KCriterion {
  /** What it is, and which way is better, such as "silhouette, higher is better". */
  readonly label: string;
  readonly points: readonly KCriterionPoint[];
  /** The k that it says, when it says one of its points. */
  readonly says?: number | undefined;
}

/** What a criterion comes to with k clusters. */
export interface KCriterionPoint {
  readonly k: number;
  readonly value: number;
  /** Ends of its interval, drawn as a bar. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** What the figure can be told. */
export interface KCriteriaOptions extends FigureOptions {
  /** The k that was taken, marked in every panel. */
  readonly chosen?: number | undefined;
}

const WHAT = "draw criteria";
const [ROW, GAP] = [230, 20];

/**
 * Criteria of the number of clusters beside each other, one small curve each,
 * with the k that each says, and the one that was taken; on a phone one below the other.
 *
 * @throws {RangeError} when there is no criterion, one has no point, a number is
 *   not finite, or a criterion says a k that it has no point of
 *
 * ```ts
 * import { kCriteriaFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const points = [{ k: 2, value: 0.5 }, { k: 3, value: 0.7 }];
 * const figure = kCriteriaFigure([{ label: "silhouette", points, says: 3 }], { title: "Three" });
 * assert.match(figure.alt, /silhouette: 0.5 at 2, 0.7 at 3; says 3/);
 * ```
 */
export function kCriteriaFigure(
  criteria: readonly KCriterion[],
  options: KCriteriaOptions,
): Figure {
  assertSome(WHAT, "criteria", criteria.length);
  return toFit((width) => drawCriteria(criteria, width, options));
}

function drawCriteria(
  criteria: readonly KCriterion[],
  width: number,
  options: KCriteriaOptions,
): Figure {
  const across = width < NARROW ? 1 : 2;
  const panel = (width - (across - 1) * GAP) / across;
  const body = criteria.map((criterion, i) => {
    const [x, y] = [(i % across) * (panel + GAP), Math.floor(i / across) * ROW];
    return at(x, y, drawPanel(criterion, { ...options, width: panel }));
  }).join("");
  const alt = options.alt ?? `Criteria by number of clusters. ${criteria.map(describe).join(". ")}`;
  const caption = options.caption ??
    "Ringed: the k that a criterion says." +
      (options.chosen === undefined ? "" : ` Dashed: the chosen k = ${options.chosen}.`) +
      (criteria.some(({ points }) => points.some(({ low }) => low !== undefined))
        ? " Bars: the interval of each value."
        : "");
  const height = Math.ceil(criteria.length / across) * ROW;
  return toFigure(body, { ...options, caption, alt, width, height });
}

function drawPanel(
  criterion: KCriterion,
  { chosen, width }: KCriteriaOptions & { readonly width: number },
): string {
  const points = check(criterion);
  const { label, says } = criterion;
  const values = points.flatMap(({ value, low, high }) => [value, low, high])
    .filter((value) => value !== undefined);
  const axis = numberAxis(values, { zero: false, count: 4 });
  const ks = points.map(({ k }) => k);
  const { markup } = drawPlot({
    width,
    height: ROW - 36,
    marginLeft: Math.max(40, axis.margin),
    marginRight: 10,
    marginTop: 10,
    marginBottom: 36,
    x: { type: "point", domain: ks, padding: 0.3 },
    y: { domain: axis.domain },
    marks: [
      Plot.gridY(axis.ticks, { stroke: THEME.grid, strokeOpacity: 1 }),
      Plot.axisY(axis.ticks, { tickFormat: axis.tickFormat, tickSize: 0, label: null }),
      Plot.axisX({
        label: "k, number of clusters",
        labelAnchor: "center",
        labelArrow: "none",
        tickSize: 4,
      }),
      Plot.ruleX(ks.filter((k) => k === chosen), { stroke: THEME.ink, strokeDasharray: "4 3" }),
      Plot.ruleX(points.filter(({ low, high }) => low !== undefined && high !== undefined), {
        x: "k",
        y1: "low",
        y2: "high",
        stroke: THEME.accent,
        strokeWidth: 1.5,
      }),
      Plot.line(points, { x: "k", y: "value", stroke: THEME.accent, strokeWidth: 2 }),
      Plot.dot(points, { x: "k", y: "value", r: 3, fill: THEME.accent, title: "title" }),
      Plot.dot(points.filter(({ k }) => k === says), {
        x: "k",
        y: "value",
        r: 7,
        stroke: THEME.contrast,
        strokeWidth: 2.5,
      }),
    ],
  });
  const name = textLabel(fitText(label, width, { fontSize: THEME.fontSize, bold: true }), {
    x: 0,
    y: 14,
    "font-weight": 600,
  });
  return name + at(0, 22, markup);
}

function check({ label, points, says }: KCriterion) {
  assertSome(WHAT, `points of ${label}`, points.length);
  if (says !== undefined && !points.some(({ k }) => k === says)) {
    const found = points.map(({ k }) => k).join(", ");
    throw new RangeError(`Cannot ${WHAT}: ${label} says ${says}, must be one of ${found}`);
  }
  return points.map((point, i) => {
    for (const name of ["k", "value", "low", "high"] as const) {
      if (point[name] !== undefined) toFinite(WHAT, `${name} ${i} of ${label}`, point[name]);
    }
    return { ...point, title: `k = ${point.k}: ${formatNumber(point.value)}` };
  });
}

function describe({ label, points, says }: KCriterion): string {
  const values = points.map(({ k, value }) => `${formatNumber(value)} at ${k}`).join(", ");
  return `${label}: ${values}; ${says === undefined ? "says none" : `says ${says}`}`;
}
