import type { Labels } from "./types.ts";

/**
 * The adjusted Rand index of two clusterings of the same rows: 1 when they are
 * the same but for the numbers, about 0 for chance agreement; can be below 0.
 *
 * @throws {TypeError} when lengths differ or there are no rows
 *
 * Source: L. Hubert and P. Arabie (1985), doi:10.1007/BF01908075.
 *
 * @example
 * ```ts
 * import { adjustedRand } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * assert.equal(adjustedRand([0, 0, 1, 1], [5, 5, 2, 2]), 1);
 * assert.equal(adjustedRand([0, 0, 1, 1], [0, 1, 0, 1]), -0.5);
 * ```
 */
export function adjustedRand(a: Labels, b: Labels): number {
  if (a.length !== b.length || a.length === 0) {
    throw new TypeError(
      `Cannot compare clusterings: found ${a.length} and ${b.length} labels, must be equally many`,
    );
  }
  const sizesA = new Map<number, number>();
  const sizesB = new Map<number, number>();
  const both = new Map<string, number>();
  for (let i = 0; i < a.length; i++) {
    count(sizesA, a[i]!);
    count(sizesB, b[i]!);
    count(both, `${a[i]} ${b[i]}`);
  }
  const together = pairs(both.values());
  const togetherA = pairs(sizesA.values());
  const togetherB = pairs(sizesB.values());
  const onlyA = togetherA - together;
  const onlyB = togetherB - together;
  const apart = a.length * (a.length - 1) / 2 - together - onlyA - onlyB;
  // Both all in one cluster, or both each row alone: the same clustering.
  if (onlyA === 0 && onlyB === 0) return 1;
  return 2 * (together * apart - onlyA * onlyB) /
    ((together + onlyA) * (onlyA + apart) + (together + onlyB) * (onlyB + apart));
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function pairs(sizes: Iterable<number>): number {
  let sum = 0;
  for (const size of sizes) sum += size * (size - 1) / 2;
  return sum;
}
