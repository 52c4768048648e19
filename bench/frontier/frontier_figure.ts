import { type TradeOffCurve, tradeOffCurvesFigure } from "feira/plots";
import { type FrontierPoint, MOST_TE, PUBLISHED } from "./frontier_point.ts";

/** Groups with at least so many points are drawn as curves of their own, the largest first. */
const CURVE = 3;

/** Colours that the figure has. */
const MOST_CURVES = 8;

/** The frontier as a whole SVG document. */
export function frontierFigure(points: readonly FrontierPoint[]): string {
  const groups = Map.groupBy(points, ({ group }) => group);
  const references = groups.get("guide") ?? [];
  groups.delete("guide");
  const curves: TradeOffCurve[] = [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([name, members], rank) => ({
      name,
      points: members,
      quiet: members.length < CURVE || rank >= MOST_CURVES,
    }));
  const { qe, te } = PUBLISHED;
  return tradeOffCurvesFigure(curves, {
    title: "Quantization error against topographic error",
    target: { name: `below the published QE, and TE below ${MOST_TE}`, qe, te: MOST_TE },
    references: [{ name: "published by the guide", qe, te }, ...references],
  }).svg;
}
