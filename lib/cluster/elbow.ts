import { Pace } from "feira/threads";
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
 * {@linkcode findKnee} as a convex, decreasing curve. Progress counts restarts.
 *
 * @throws {RangeError} when the range is empty or k is out of range
 *
 * @example
 * ```ts
 * import { elbow, findKnee } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const matrix = { data: Float64Array.of(0, 1, 2, 50, 51, 52, 100, 101, 102), rows: 9, cols: 1 };
 * const curve = await elbow(matrix, { to: 6 });
 * const knee = findKnee(curve.map((p) => p.k), curve.map((p) => p.inertia), {
 *   curve: "convex", direction: "decreasing",
 * });
 * assert.equal(knee?.x, 3);
 * ```
 */
export async function elbow(matrix: Matrix, spec: ElbowSpec = {}): Promise<ElbowPoint[]> {
  const { from = 2, to = 10, onProgress, ...rest } = spec;
  if (!Number.isInteger(from) || from < 1) {
    throw new RangeError(
      `Cannot draw elbow: from is ${from}, must be a whole number of at least 1`,
    );
  }
  if (!Number.isInteger(to) || to < from) {
    throw new RangeError(
      `Cannot draw elbow: to is ${to}, must be a whole number of at least ${from}`,
    );
  }
  const { restarts = 10, signal } = rest;
  const total = (to - from + 1) * restarts;
  const report = (done: number) => onProgress?.({ done, total });
  const pace = new Pace(total, {
    ...(signal === undefined ? {} : { signal }),
    onProgress: ({ done }) => report(done),
  });
  const points: ElbowPoint[] = [];
  for (let k = from; k <= to; k++) {
    const before = (k - from) * restarts;
    // A fit of few rows ends before it would breathe itself.
    if (pace.isDue) await pace.breathe(before);
    const { inertia } = await kMeans(matrix, {
      ...rest,
      k,
      onProgress: ({ done }) => report(before + done),
    });
    points.push({ k, inertia });
  }
  return points;
}
