import type { CustomerMatrix } from "feira/features";

/** How a feature was distributed when it was published: the yardstick of drift. */
export interface FeatureBins {
  readonly feature: string;
  /** `[bins − 1]`, ascending: a bin holds values above the edge before it, up to its own. */
  readonly edges: readonly number[];
  /** `[bins]`: customers; the first bin has no lower edge, the last no upper one. */
  readonly counts: readonly number[];
}

const TENTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/**
 * Bins every feature by its own deciles, the least values that a tenth, two
 * tenths, … of the customers do not exceed (numpy's `inverted_cdf`); equal ones
 * count once. So a feature that is the same for nine customers of ten has two
 * bins: up to that value, and above it.
 *
 * O(rows · log(rows) · features).
 *
 * @param matrix raw features, at least one row
 *
 * @example
 * ```ts
 * import { binFeatures } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const matrix = {
 *   customerIds: ["a", "b", "c", "d"], featureNames: ["frequency"],
 *   data: Float64Array.of(1, 3, 1, 1), rows: 4, cols: 1,
 * };
 * assert.deepEqual(binFeatures(matrix), [{ feature: "frequency", edges: [1, 3], counts: [3, 1, 0] }]);
 * ```
 */
export function binFeatures(matrix: CustomerMatrix): FeatureBins[] {
  return matrix.featureNames.map((feature, col) => {
    const values = columnOf(matrix, col).sort();
    const edges = [...new Set(TENTHS.map((tenth) => decile(values, tenth)))];
    return { feature, edges, counts: countInBins(values, edges) };
  });
}

/** `[bins]`: values at most the first edge, at most the second, …, above the last. */
export function countInBins(values: Float64Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const value of values) {
    const bin = edges.findIndex((edge) => value <= edge);
    counts[bin < 0 ? edges.length : bin]! += 1;
  }
  return counts;
}

/** `[rows]`, a fresh array. */
export function columnOf({ data, rows, cols }: CustomerMatrix, col: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => data[row * cols + col]!);
}

function decile(sorted: Float64Array, tenth: number): number {
  return sorted[Math.ceil(sorted.length * tenth / 10) - 1]!;
}
