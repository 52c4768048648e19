/**
 * Cliff's delta of a group against the rest of a population: how much more
 * often a value of the group is above one of the rest than below it, as a share
 * of all such pairs; −1..1, 0 where they overlap evenly. It knows ranks only, so
 * a heavy tail weighs no more than its customers.
 *
 * Pairs within the group cancel out, so the group is compared with the whole
 * population and divided by the pairs with the rest. O(n) for sorted values.
 *
 * @param group ascending, part of `population`
 * @param population ascending
 * @returns 0 where either side is empty
 *
 * Source: N. Cliff, "Dominance statistics", Psychological Bulletin 114 (1993).
 */
export function cliffsDelta(group: Float64Array, population: Float64Array): number {
  const rest = population.length - group.length;
  if (group.length === 0 || rest === 0) return 0;
  let below = 0;
  let notAbove = 0;
  let dominance = 0;
  for (const value of group) {
    while (below < population.length && population[below]! < value) below++;
    while (notAbove < population.length && population[notAbove]! <= value) notAbove++;
    dominance += below - (population.length - notAbove);
  }
  return dominance / (group.length * rest);
}
