import { kMeans, type KMeansSpec } from "./k_means.ts";
import type { Matrix } from "./types.ts";

/** Settings of {@linkcode elbow}. */
export interface ElbowSpec extends Omit<KMeansSpec, "k"> {
  /** @default 2 */
  from?: number;
  /** Inclusive. @default 10 */
  to?: number;
}

/** One point of the elbow curve. */
export interface ElbowPoint {
  readonly k: number;
  readonly inertia: number;
}

/**
 * K-means' inertia for each number of clusters, to be given to
 * {@linkcode findKnee} as a convex, decreasing curve.
 *
 * @throws {RangeError} when the range is empty or k is out of range
 *
 * @example
 * ```ts
 * import { elbow, findKnee } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const matrix = { data: Float64Array.of(0, 1, 2, 50, 51, 52, 100, 101, 102), rows: 9, cols: 1 };
 * const curve = elbow(matrix, { to: 6 });
 * const knee = findKnee(curve.map((p) => p.k), curve.map((p) => p.inertia), {
 *   curve: "convex", direction: "decreasing",
 * });
 * assert.equal(knee?.x, 3);
 * ```
 */
export function elbow(matrix: Matrix, spec: ElbowSpec = {}): ElbowPoint[] {
  const { from = 2, to = 10, ...rest } = spec;
  if (to < from) throw new RangeError(`Cannot draw elbow: to is ${to}, must be at least ${from}`);
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const { k, inertia } = kMeans(matrix, { ...rest, k: from + i });
    return { k, inertia };
  });
}
