import * as Plot from "@observablehq/plot";
import { numberAxis } from "./_axis.ts";
import { assertSome, assertValues } from "./_check.ts";
import { drawPlot } from "./_plot.ts";
import { type Figure, type FigureOptions, NARROW, toFigure, toFit } from "./figure.ts";
import { formatNumber } from "./format_number.ts";
import { THEME } from "./theme.ts";

/** What an elbow is read from. */
export interface Elbow {
  /** Numbers of clusters, ascending. */
  readonly ks: readonly number[];
  /** Sum of squared distances to the nearest centroid, one per k. */
  readonly inertias: readonly number[];
  /** The k at the curve's knee, when there is one. */
  readonly knee?: number | undefined;
  /** The k that was taken. */
  readonly chosen?: number | undefined;
}

const WHAT = "draw an elbow";

/**
 * Inertia against the number of clusters, with the knee marked.
 *
 * @throws {RangeError} when empty, of unequal lengths, not finite, or knee or chosen is not among ks
 *
 * ```ts
 * import { elbowFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const elbow = { ks: [2, 3, 4], inertias: [90, 30, 25], knee: 3 };
 * assert.match(elbowFigure(elbow, { title: "Three clusters" }).svg, /knee: k = 3/);
 * ```
 */
export function elbowFigure({ ks, inertias, knee, chosen }: Elbow, options: FigureOptions): Figure {
  assertSome(WHAT, "ks", ks.length);
  assertValues(WHAT, "ks", ks);
  assertValues(WHAT, "inertias", inertias, ks.length);
  for (const [name, k] of Object.entries({ knee, chosen })) {
    if (k !== undefined && !ks.includes(k)) {
      throw new RangeError(`Cannot ${WHAT}: ${name} is ${k}, must be one of ${ks.join(", ")}`);
    }
  }
  return toFit((width) => drawElbow({ ks, inertias, knee, chosen }, width, options));
}

function drawElbow(
  { ks, inertias, knee, chosen }: Elbow,
  width: number,
  options: FigureOptions,
): Figure {
  const height = width < NARROW ? 300 : 340;
  const axis = numberAxis(inertias);
  const points = ks.map((k, i) => ({
    k,
    inertia: inertias[i]!,
    title: `k = ${k}: ${formatNumber(inertias[i])}`,
  }));
  const marked = marksOf(knee, chosen).sort((a, b) => a.k - b.k).map((mark, i) => ({
    ...mark,
    ...points.find(({ k }) => k === mark.k)!,
    // The curve falls, so above it there is room; a label reaches over the next rule, which ends below.
    top: axis.domain[1] * (1 - 0.1 * i),
    end: mark.k > (ks[0]! + ks.at(-1)!) / 2,
  }));
  const { markup } = drawPlot({
    width,
    height,
    marginLeft: axis.margin,
    marginRight: 16,
    marginTop: 34,
    marginBottom: 46,
    x: { type: "point", domain: ks, padding: 0.2 },
    y: { domain: axis.domain },
    marks: [
      Plot.gridY(axis.ticks, { stroke: THEME.grid, strokeOpacity: 1 }),
      Plot.axisY(axis.ticks, {
        tickFormat: axis.tickFormat,
        tickSize: 0,
        label: "inertia (sum of squared distances)",
        labelArrow: "none",
      }),
      Plot.axisX({
        label: "k, number of clusters",
        labelAnchor: "center",
        labelArrow: "none",
        tickSize: 4,
      }),
      Plot.ruleX(marked, {
        x: "k",
        y1: axis.domain[0],
        y2: "top",
        stroke: "color",
        strokeDasharray: "4 3",
      }),
      Plot.line(points, { x: "k", y: "inertia", stroke: THEME.accent, strokeWidth: 2 }),
      Plot.dot(points, { x: "k", y: "inertia", r: 4, fill: THEME.accent, title: "title" }),
      Plot.dot(marked, {
        x: "k",
        y: "inertia",
        r: 7,
        stroke: "color",
        strokeWidth: 2.5,
        fill: THEME.paper,
      }),
      ...[false, true].map((end) =>
        Plot.text(marked.filter((mark) => mark.end === end), {
          x: "k",
          y: "top",
          text: "text",
          textAnchor: end ? "end" : "start",
          lineAnchor: "top",
          dx: end ? -8 : 8,
          fontWeight: 600,
          fill: THEME.ink,
          stroke: THEME.paper,
          strokeWidth: 4,
        })
      ),
    ],
  });
  const alt = options.alt ?? "Inertia by number of clusters: " +
      points.map(({ title }) => title).join(", ") +
      (knee === undefined ? "; no knee" : `; knee at k = ${knee}`);
  const caption = options.caption ??
    "How much is left unexplained with k clusters. Past the knee, one more cluster explains little more.";
  return toFigure(markup, { ...options, caption, alt, width, height });
}

function marksOf(knee: number | undefined, chosen: number | undefined) {
  if (knee !== undefined && knee === chosen) {
    return [{ k: knee, text: `knee, and chosen: k = ${knee}`, color: THEME.contrast }];
  }
  return [
    ...(knee === undefined ? [] : [{ k: knee, text: `knee: k = ${knee}`, color: THEME.contrast }]),
    ...(chosen === undefined
      ? []
      : [{ k: chosen, text: `chosen: k = ${chosen}`, color: THEME.ink }]),
  ];
}
