import type { SomMap } from "feira/som";

/** Sizes of the lists of near units that a row may be compared with, before all units are. */
const SIZES = [1, 4, 16, 64, 256];

/** Up to so many units one list may hold them all. */
const FEW = 64;

/** So much nearer must a unit be to be left out: far above rounding, far below what saves work. */
const SLACK = 1e-9;

/** More than any distance. */
const BOUNDLESS = 1e300;

/** The level from which a row for which no level reaches far enough takes a better seed. */
export function hopLevel(levels: number): number {
  return Math.min(levels - 1, SIZES.indexOf(64));
}

/** The units around one. */
export interface NearUnits {
  /** Distance to the nearest other unit; 0 where there is none. */
  readonly gap: number;
  /**
   * Per level: all units nearer to this one than that are in the lists up to the
   * level's. Ascending.
   */
  readonly reaches: readonly number[];
  /** Per level: the units that are not in a lower level's list; ascending. */
  readonly lists: readonly (readonly number[])[];
}

/**
 * The near units of every unit, by which a search may leave out all others.
 *
 * For a row at distance d from unit j, a unit farther than 2·d from j is farther
 * from the row than j is: |x − w| ≥ |j − w| − |x − j| > d. So the row need only
 * be compared with a level's units, where 2·d is below the level's reach.
 *
 * The last level reaches to all units where they are at most 64.
 *
 * O(units² · (features + log units)); memory: at most 256 numbers per unit.
 *
 * Source: J. Newling and F. Fleuret (2016), Fast k-means with accurate bounds:
 * the exponion algorithm.
 */
export function nearUnits({ weights, features, width, height }: SomMap): NearUnits[] {
  const units = width * height;
  const sizes = [...SIZES.filter((size) => size < units), ...(units <= FEW ? [units] : [])];
  const gaps = new Float64Array(units);
  return Array.from({ length: units }, (_, unit) => {
    for (let other = 0; other < units; other++) {
      gaps[other] = distance(weights, { a: unit * features, b: other * features, features });
    }
    const sorted = gaps.toSorted();
    const limits = sizes.map((size) => size === units ? BOUNDLESS : sorted[size]!);
    const lists = limits.map((): number[] => []);
    for (let other = 0; other < units; other++) {
      // A unit is in its own list even where others are just the same.
      const level = other === unit ? 0 : limits.findIndex((limit) => gaps[other]! < limit);
      if (level >= 0) lists[level]!.push(other);
    }
    return { gap: sorted[1] ?? 0, reaches: limits.map((limit) => limit * (1 - SLACK)), lists };
  });
}

function distance(
  weights: Float64Array,
  { a, b, features }: { a: number; b: number; features: number },
): number {
  let squared = 0;
  for (let d = 0; d < features; d++) squared += (weights[a + d]! - weights[b + d]!) ** 2;
  return Math.sqrt(squared);
}
