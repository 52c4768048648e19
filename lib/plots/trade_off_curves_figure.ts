import * as Plot from "@observablehq/plot";
import { numberAxis } from "./_axis.ts";
import { assertSome, toFinite } from "./_check.ts";
import { errorAxes } from "./_error_axes.ts";
import { label, tag } from "./_markup.ts";
import { placeLabels } from "./_place_labels.ts";
import { drawPlot } from "./_plot.ts";
import { fitText } from "./_text.ts";
import { type Figure, type FigureOptions, toFigure } from "./figure.ts";
import { formatNumber } from "./format_number.ts";
import { BOLD, PLAIN, segmentColor, THEME } from "./theme.ts";

/** What a map came to. */
export interface TradeOffPoint {
  readonly name: string;
  /** Quantization error. */
  readonly qe: number;
  /** Topographic error, a share from 0 to 1. */
  readonly te: number;
}

/** Maps that differ in one setting, in the order in which it is turned. */
export interface TradeOffCurve {
  readonly name: string;
  readonly points: readonly TradeOffPoint[];
  /** Grey and without a name: there to be compared with. */
  readonly quiet?: boolean;
}

/** What the figure can be told. */
export interface TradeOffCurvesOptions extends FigureOptions {
  /** Errors to stay below, as a shaded area with a name. */
  readonly target?: TradeOffPoint;
  /** Errors to be compared with, as diamonds. */
  readonly references?: readonly TradeOffPoint[];
}

const WHAT = "draw trade-off curves";
const [WIDTH, HEIGHT] = [720, 480];
const MOST_COLORS = 8;
const LEGEND = { x: WIDTH - 26, y: 50, step: 19, width: 300 } as const;

/**
 * Quantization error against topographic error along curves, named in
 * the corner: the lower left is better in both, and turning one setting moves a map
 * along its curve.
 *
 * @throws {RangeError} when there is no curve, a curve has no point, an error is
 *   not finite or more than eight curves are not quiet
 *
 * ```ts
 * import { tradeOffCurvesFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const points = [{ name: "radius 0.7", qe: 0.289, te: 0.069 }, { name: "radius 0.4", qe: 0.225, te: 0.165 }];
 * const figure = tradeOffCurvesFigure([{ name: "batch", points }], { title: "One error for the other" });
 * assert.match(figure.alt, /batch: QE 0.289, TE 0.069 to QE 0.225, TE 0.165/);
 * ```
 */
export function tradeOffCurvesFigure(
  curves: readonly TradeOffCurve[],
  options: TradeOffCurvesOptions,
): Figure {
  const { target, references = [] } = options;
  assertSome(WHAT, "curves", curves.length);
  for (const { name, points } of curves) assertSome(WHAT, `curve ${name}`, points.length);
  const named = curves.filter(({ quiet }) => !quiet);
  if (named.length > MOST_COLORS) {
    throw new RangeError(
      `Cannot ${WHAT}: there are ${named.length} curves, must be ${MOST_COLORS} or fewer`,
    );
  }
  const dots = curves.flatMap((curve) => curve.points.map((point) => toDot(point, curve, named)))
    .sort((a, b) => Number(b.quiet) - Number(a.quiet));
  const diamonds = references.map((point) => toDot(point, { name: point.name, points: [] }, []));
  const shown = [...dots, ...diamonds, ...(target === undefined ? [] : [target])];
  const xAxis = numberAxis(shown.map(({ qe }) => qe), { zero: false, count: 7 });
  const yAxis = numberAxis(shown.map(({ te }) => te), { zero: false, count: 6 });
  const { markup, place } = drawPlot({
    width: WIDTH,
    height: HEIGHT,
    marginLeft: yAxis.margin,
    marginRight: 16,
    marginTop: 34,
    marginBottom: 52,
    x: { domain: xAxis.domain },
    y: { domain: yAxis.domain },
    marks: [
      ...(target === undefined ? [] : [
        Plot.rect([target], {
          x1: xAxis.domain[0],
          x2: "qe",
          y1: yAxis.domain[0],
          y2: "te",
          fill: THEME.accent,
          fillOpacity: 0.07,
        }),
      ]),
      ...errorAxes({ xAxis, yAxis }, "rows"),
      Plot.line(dots, { x: "qe", y: "te", z: "curve", stroke: "color", strokeWidth: 1.5 }),
      Plot.dot(dots, { x: "qe", y: "te", r: 3.5, fill: "color", title: "title" }),
      Plot.dot(diamonds, {
        x: "qe",
        y: "te",
        r: 6,
        fill: THEME.ink,
        symbol: "diamond",
        title: "title",
      }),
    ],
  });
  const toAnchor = ({ qe, te }: TradeOffPoint, text: string) => ({
    x: place("x", qe),
    y: place("y", te),
    radius: text === "" ? 4 : 7,
    text: fitText(text, 230, BOLD),
    bold: true,
  });
  const anchors = [
    ...references.map((point) => toAnchor(point, point.name)),
    ...dots.map((dot) => toAnchor(dot, "")),
  ];
  const bounds = { x0: yAxis.margin, y0: 24, x1: WIDTH - 2, y1: HEIGHT - 54 };
  const names = placeLabels(anchors, { bounds });
  return toFigure(markup + names.markup + drawLegend(named), {
    ...options,
    caption: options.caption ?? toCaption(curves, options, names.left),
    alt: options.alt ?? toAlt(curves),
    width: WIDTH,
    height: HEIGHT,
  });
}

/** Names in the upper right corner, which curves of a trade-off leave free. */
function drawLegend(named: readonly TradeOffCurve[]): string {
  return named.map(({ name }, i) => {
    const y = LEGEND.y + i * LEGEND.step;
    const dot = tag("circle", { cx: LEGEND.x, cy: y, r: 4.5, fill: segmentColor(i) });
    const text = fitText(name, LEGEND.width, PLAIN);
    return dot + label(text, {
      x: LEGEND.x - 11,
      y,
      dy: "0.35em",
      "text-anchor": "end",
      stroke: THEME.paper,
      "stroke-width": 3.5,
      "stroke-linejoin": "round",
      "paint-order": "stroke",
    });
  }).join("");
}

interface Dot extends TradeOffPoint {
  readonly curve: string;
  readonly color: string;
  readonly quiet: boolean;
  readonly title: string;
}

function toDot(
  point: TradeOffPoint,
  curve: TradeOffCurve,
  named: readonly TradeOffCurve[],
): Dot {
  const qe = toFinite(WHAT, `qe of ${point.name}`, point.qe);
  const te = toFinite(WHAT, `te of ${point.name}`, point.te);
  const quiet = curve.quiet ?? false;
  return {
    name: point.name,
    qe,
    te,
    quiet,
    curve: curve.name,
    color: quiet ? THEME.quiet : segmentColor(Math.max(0, named.indexOf(curve))),
    title: `${point.name}: ${errors({ qe, te })}`,
  };
}

function errors({ qe, te }: { readonly qe: number; readonly te: number }): string {
  return `QE ${formatNumber(qe)}, TE ${formatNumber(te)}`;
}

function toCaption(
  curves: readonly TradeOffCurve[],
  { target, references = [] }: TradeOffCurvesOptions,
  left: readonly string[],
): string {
  return "Each point is a map. Left is closer to the rows, down is a truer neighbourhood; " +
    "a line joins maps that differ in one setting." +
    (curves.some(({ quiet }) => quiet) ? " Grey: other settings." : "") +
    (references.length > 0 ? " Diamond: to be compared with." : "") +
    (target === undefined ? "" : ` Shaded: ${target.name}.`) +
    (left.length > 0 ? ` Without room for a name: ${left.join("; ")}.` : "");
}

function toAlt(curves: readonly TradeOffCurve[]): string {
  const texts = curves.map(({ name, points }) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    return `${name}: ${errors(first)}${points.length > 1 ? ` to ${errors(last)}` : ""}`;
  });
  return `Maps by error. ${texts.join("; ")}`;
}
