import figures from "../fixtures/cluster/figures.json" with { type: "json" };
import type { Matrix } from "feira/cluster";

/** Figures of scikit-learn, scipy and kneed; bench/peers/sklearn_fixtures.py makes them. */
export const FIGURES = figures;

export function toMatrix(
  { data, rows, cols }: { data: readonly number[]; rows: number; cols: number },
): Matrix {
  return { data: Float64Array.from(data), rows, cols };
}

/** Numbers from 0 to 1 in a fixed order, for data that only has to look irregular. */
export function* irregular(seed = 1): Generator<number, never> {
  for (let state = seed;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Rows about k centres, with the cluster that each was made for; every cluster has two rows. */
export function makeClusters(
  { rows, cols, k, seed = 1, spread = 1 }: {
    rows: number;
    cols: number;
    k: number;
    seed?: number;
    spread?: number;
  },
): { matrix: Matrix; labels: Int32Array } {
  const numbers = irregular(seed);
  const draw = () => numbers.next().value;
  const centres = Float64Array.from({ length: k * cols }, () => draw() * 10);
  const labels = Int32Array.from({ length: rows }, (_, i) => i < 2 * k ? i % k : draw() * k);
  const data = Float64Array.from({ length: rows * cols }, (_, at) => {
    const centre = centres[labels[Math.floor(at / cols)]! * cols + at % cols]!;
    return centre + (draw() + draw() + draw() - 1.5) * spread;
  });
  return { matrix: { data, rows, cols }, labels };
}

/** Each row's silhouette straight from the definition. */
export function silhouettesByDefinition(
  { data, rows, cols }: Matrix,
  labels: ArrayLike<number>,
): number[] {
  const k = Math.max(...Array.from(labels)) + 1;
  return Array.from({ length: rows }, (_, i) => {
    const sums = new Array<number>(k).fill(0);
    const counts = new Array<number>(k).fill(0);
    for (let j = 0; j < rows; j++) {
      if (j === i) continue;
      const differences = Array.from(
        { length: cols },
        (_, d) => data[i * cols + d]! - data[j * cols + d]!,
      );
      sums[labels[j]!]! += Math.hypot(...differences);
      counts[labels[j]!]! += 1;
    }
    const own = labels[i]!;
    if (counts[own] === 0) return 0;
    const a = sums[own]! / counts[own]!;
    const b = Math.min(...sums.map((sum, c) => c === own ? Infinity : sum / counts[c]!));
    return Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b);
  });
}

/** The greatest difference between two arrays of equal length. */
export function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  return Array.from(a).reduce((most, value, i) => {
    const difference = Math.abs(value - b[i]!);
    return difference <= most ? most : Number.isNaN(difference) ? Infinity : difference;
  }, 0);
}
