import { parseCondition } from "../../lib/segments/names/_condition.ts";

/**
 * Whether a condition holds for every segment that another one holds for. Knows
 * the same measure of the same feature with a limit as strict, and that whoever
 * counts in `share_of(x >= 3)` counts in `share_of(x >= 2)`.
 */
export function implies(stated: string, claim: string): boolean {
  const [a, b] = [parseCondition(stated), parseCondition(claim)];
  return a.measure === b.measure && a.feature === b.feature &&
    isWithin(a, b) &&
    (a.counted === b.counted || isWithin(a.counted!, b.counted!));
}

interface Comparison {
  readonly sign: string;
  readonly limit: number;
}

/** Whether every number that compares as `inner` asks compares as `outer` asks. */
function isWithin(inner: Comparison, outer: Comparison): boolean {
  if (inner.sign[0] !== outer.sign[0]) return false;
  if (inner.limit === outer.limit) return outer.sign.endsWith("=") || inner.sign === outer.sign;
  return inner.sign.startsWith(">") ? inner.limit > outer.limit : inner.limit < outer.limit;
}
