import { parseCondition } from "./_condition.ts";
import type { Evidence } from "./conditions.ts";

/**
 * By how much evidence holds: the mean over its claims of how far the figure is
 * from its limit, as a share of the greater of both, 0..1 where they have one
 * sign. It has no unit, so days and money weigh alike.
 */
export function marginOf(evidence: readonly Evidence[]): number {
  const margins = evidence.map(({ claim, value }) => {
    const { limit } = parseCondition(claim);
    const greater = Math.max(Math.abs(value), Math.abs(limit));
    return greater === 0 ? 0 : Math.abs(value - limit) / greater;
  });
  return margins.reduce((total, margin) => total + margin, 0) / margins.length;
}
