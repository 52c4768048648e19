import type { Labels } from "./types.ts";

/**
 * How well each cluster is found again in another clustering: the greatest
 * Jaccard similarity (shared rows / rows of either) to one of its clusters,
 * 0..1. O(rows + clusters²).
 *
 * @param labels `[rows]`, 0..k - 1
 * @param others `[rows]`, the other clustering; its numbers need not be the same
 * @param counted rows that count, each once however often it is there; all
 * unless given
 * @returns `[k]`; 0 for a cluster of which no row counts
 * @throws {TypeError} when the two have not as many rows
 *
 * Source: C. Hennig (2007), doi:10.1016/j.csda.2006.11.025.
 *
 * @example
 * ```ts
 * import { bestJaccards } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(bestJaccards([0, 0, 0, 1], [5, 5, 2, 2]), [2 / 3, 1 / 2]);
 * ```
 */
export function bestJaccards(
  labels: Labels,
  others: Labels,
  counted?: Iterable<number>,
): number[] {
  if (labels.length !== others.length) {
    throw new TypeError(
      `Cannot compare clusterings: found ${others.length} labels, must be ${labels.length}`,
    );
  }
  const k = 1 + greatestOf(labels);
  const otherK = 1 + greatestOf(others);
  const sizes = new Float64Array(k);
  const otherSizes = new Float64Array(otherK);
  const both = new Float64Array(k * otherK);
  for (const row of new Set(counted ?? labels.keys())) {
    sizes[labels[row]!]! += 1;
    otherSizes[others[row]!]! += 1;
    both[labels[row]! * otherK + others[row]!]! += 1;
  }
  return Array.from(sizes, (size, cluster) => {
    let greatest = 0;
    for (let other = 0; other < otherK; other++) {
      const shared = both[cluster * otherK + other]!;
      if (shared > 0) greatest = Math.max(greatest, shared / (size + otherSizes[other]! - shared));
    }
    return greatest;
  });
}

function greatestOf(labels: Labels): number {
  let greatest = 0;
  for (const label of labels) greatest = Math.max(greatest, label);
  return greatest;
}
