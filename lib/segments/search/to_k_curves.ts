import type { CriteriaByK } from "./criteria_by_k.ts";
import type { VerdictOnK } from "./verdict_on_k.ts";

/** A criterion as a curve over the number of segments; what `kCriteriaFigure` draws. */
export interface KCurve {
  readonly label: string;
  readonly points: readonly KCurvePoint[];
  /** The number that it says, if any. */
  readonly says?: number;
}

/** A value with the ends of its interval, where it has one. */
export interface KCurvePoint {
  readonly k: number;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** The four criteria beside the elbow: silhouette, Davies-Bouldin, gap, stability. */
export function toKCurves(
  { points, gap }: CriteriaByK,
  { opinions }: Pick<VerdictOnK, "opinions">,
): KCurve[] {
  const curve = (criterion: string, better: string, values: readonly KCurvePoint[]) => {
    const says = opinions.find((opinion) => opinion.criterion === criterion)?.says;
    const label = `${criterion}, ${better}`;
    return { label, points: values, ...(says === undefined ? {} : { says }) };
  };
  return [
    curve(
      "silhouette",
      "higher is better",
      points.map(({ k, silhouette: { mean, low, high } }) =>
        low < high ? { k, value: mean, low, high } : { k, value: mean }
      ),
    ),
    curve(
      "Davies-Bouldin index",
      "lower is better",
      points.map(({ k, dbi }) => ({ k, value: dbi })),
    ),
    curve(
      "gap statistic",
      "first not beaten",
      gap.points.map(({ k, gap: value, standardError }) => ({
        k,
        value,
        low: value - standardError,
        high: value + standardError,
      })),
    ),
    curve(
      "stability",
      "higher is better",
      points.map(({ k, stability }) => ({ k, value: stability })),
    ),
  ];
}
