import type { CustomerMatrix } from "feira/features";
import { columnOf, countInBins, type FeatureBins } from "./feature_bins.ts";
import { populationStability, readStability, type Shift } from "./population_stability.ts";

/** How far one feature has moved since the last publication. */
export interface FeatureDrift {
  readonly feature: string;
  /** Population stability index; see {@linkcode populationStability}. */
  readonly psi: number;
  readonly shift: Shift;
  /** Share of the customers above the baseline's median bin edge, then and now, 0..1. */
  readonly shareAboveThen: number;
  readonly shareAboveNow: number;
  /** That edge, in the feature's unit. */
  readonly edge: number;
}

/**
 * Compares customers with those of the last publication, feature by feature,
 * the most moved first. Features that only one side has are left out.
 *
 * @param matrix raw features of the customers now
 * @param baseline of the customers then; see {@linkcode binFeatures}
 */
export function featureDrift(
  matrix: CustomerMatrix,
  baseline: readonly FeatureBins[],
): FeatureDrift[] {
  const drifts = baseline.flatMap(({ feature, edges, counts }) => {
    const col = matrix.featureNames.indexOf(feature);
    if (col < 0) return [];
    const now = countInBins(columnOf(matrix, col), edges);
    const psi = populationStability(counts, now);
    const at = middleEdge(counts);
    return [{
      feature,
      psi,
      shift: readStability(psi),
      shareAboveThen: shareAbove(counts, at),
      shareAboveNow: shareAbove(now, at),
      edge: edges[at]!,
    }];
  });
  return drifts.sort((a, b) => b.psi - a.psi || (a.feature < b.feature ? -1 : 1));
}

/** The edge that parts the customers most evenly: a number that a reader can check. */
function middleEdge(counts: readonly number[]): number {
  const away = counts.slice(1).map((_, edge) => Math.abs(shareAbove(counts, edge) - 0.5));
  return away.indexOf(Math.min(...away));
}

function shareAbove(counts: readonly number[], edge: number): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.slice(edge + 1).reduce((sum, count) => sum + count, 0) / all;
}
