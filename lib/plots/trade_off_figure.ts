import * as Plot from "@observablehq/plot";
import { numberAxis } from "./_axis.ts";
import { assertSome, toFinite } from "./_check.ts";
import { errorAxes } from "./_error_axes.ts";
import { placeLabels } from "./_place_labels.ts";
import { drawPlot } from "./_plot.ts";
import { fitText } from "./_text.ts";
import { type Figure, type FigureOptions, toFigure } from "./figure.ts";
import { formatNumber } from "./format_number.ts";
import { BOLD, PLAIN, THEME } from "./theme.ts";

/** A setting and what its map came to. */
export interface TradeOffSetting {
  readonly name: string;
  /** Quantization error. */
  readonly qe: number;
  /** Topographic error, a share from 0 to 1. */
  readonly te: number;
  /** The one that was taken. */
  readonly chosen?: boolean;
  /** The guide's own. */
  readonly guide?: boolean;
  /** Dropped on the way: small, pale and without a name. */
  readonly dropped?: boolean;
}

const WHAT = "draw the trade-off";
const [WIDTH, HEIGHT] = [640, 406];

/**
 * Quantization error against topographic error, one point per setting: the
 * lower left is better in both, and none is best in both.
 *
 * @throws {RangeError} when there is no setting or an error is not finite
 *
 * ```ts
 * import { tradeOffFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const settings = [{ name: "guide", qe: 0.228, te: 0.232, guide: true }, { name: "batch", qe: 0.223, te: 0.171 }];
 * assert.match(tradeOffFigure(settings, { title: "Batch is better in both" }).alt, /batch: QE 0.223/);
 * ```
 */
export function tradeOffFigure(
  settings: readonly TradeOffSetting[],
  options: FigureOptions,
): Figure {
  assertSome(WHAT, "settings", settings.length);
  const rank = ({ chosen, guide, dropped }: TradeOffSetting) =>
    chosen ? 0 : guide ? 1 : dropped ? 3 : 2;
  const points = settings.map((setting, i) => ({
    ...setting,
    qe: toFinite(WHAT, `qe of setting ${i}`, setting.qe),
    te: toFinite(WHAT, `te of setting ${i}`, setting.te),
    text: setting.dropped ? "" : fitText(setting.name, 270, setting.chosen ? BOLD : PLAIN),
    title: `${setting.name}: QE ${formatNumber(setting.qe)}, TE ${formatNumber(setting.te)}`,
    color: setting.chosen
      ? THEME.accent
      : setting.guide
      ? THEME.contrast
      : setting.dropped
      ? THEME.quiet
      : "#7c8691",
    r: setting.dropped ? 3.5 : 6,
  })).sort((a, b) => rank(a) - rank(b));
  const xAxis = numberAxis(points.map(({ qe }) => qe), { zero: false, count: 6 });
  const yAxis = numberAxis(points.map(({ te }) => te), { zero: false, count: 5 });
  const { markup, place } = drawPlot({
    width: WIDTH,
    height: HEIGHT,
    marginLeft: yAxis.margin,
    marginRight: 24,
    marginTop: 34,
    marginBottom: 52,
    x: { domain: xAxis.domain },
    y: { domain: yAxis.domain },
    r: { type: "identity" },
    marks: [
      ...errorAxes({ xAxis, yAxis }, "customers"),
      Plot.dot(points, {
        x: "qe",
        y: "te",
        r: "r",
        fill: "color",
        symbol: ({ guide }: TradeOffSetting) => guide ? "diamond" : "circle",
        title: "title",
      }),
    ],
  });
  const anchors = points.map(({ qe, te, text, r, chosen = false }) => ({
    x: place("x", qe),
    y: place("y", te),
    radius: r + 1,
    text,
    bold: chosen,
  }));
  const bounds = { x0: yAxis.margin, y0: 24, x1: WIDTH - 2, y1: HEIGHT - 54 };
  const names = placeLabels(anchors, { bounds });
  const alt = options.alt ??
    `Settings by error. ${
      points.map(({ title, dropped }) => dropped ? `${title} (dropped)` : title).join("; ")
    }`;
  const caption = options.caption ??
    "Each point is one setting of the map. Left is closer to the customers, down is a truer neighbourhood; " +
      "the lower left corner is better in both." +
      (points.some(({ chosen }) => chosen) ? " Blue and bold: the chosen setting." : "") +
      (points.some(({ guide }) => guide) ? " Diamond: the guide's." : "") +
      (points.some(({ dropped }) => dropped) ? " Small and pale: dropped on the way." : "") +
      (names.left.length > 0 ? ` Without room for a name: ${names.left.join("; ")}.` : "");
  return toFigure(markup + names.markup, {
    ...options,
    caption,
    alt,
    width: WIDTH,
    height: HEIGHT,
  });
}
