import { EigenvalueDecomposition, Matrix as MlMatrix } from "ml-matrix";
import type { Pace } from "feira/threads";
import type { Matrix } from "./types.ts";
import { unitOf } from "./_unit.ts";

/** The plane through the mean along which the data varies most. */
export interface PrincipalPlane {
  /** `[cols]` */
  readonly mean: Float64Array;
  /** Two unit vectors `[cols]`, the direction of greatest variance first. */
  readonly directions: readonly [Float64Array, Float64Array];
  /** Standard deviation (ddof 0, so that weights need no unit) along each. */
  readonly deviations: readonly [number, number];
}

/** Rows between two looks at the clock. */
const SLICE = 32;

/**
 * Principal components by eigen-decomposition of the covariance matrix.
 *
 * An eigenvector's sign is arbitrary; here its component of greatest magnitude
 * (the first among equals) is positive, so that results do not depend on a
 * linear-algebra library.
 *
 * O(rows · cols² + cols³); the second part, which with a thousand columns takes
 * seconds, cannot be interrupted.
 *
 * @param rowWeights `[rows]`, at least 0, not all 0; 1 for each when absent
 * @param pace of the computation that this is the beginning of
 */
export async function fitPrincipalPlane(
  { data, rows, cols }: Matrix,
  rowWeights: Float64Array = new Float64Array(rows).fill(1),
  pace?: Pace,
): Promise<PrincipalPlane> {
  const total = rowWeights.reduce((sum, weight) => sum + weight, 0);
  const mean = new Float64Array(cols);
  for (let i = 0, at = 0; i < rows; i++) {
    const share = rowWeights[i]! / total;
    for (let d = 0; d < cols; d++, at++) mean[d]! += data[at]! * share;
  }
  const covariance = MlMatrix.zeros(cols, cols);
  const unit = unitOf(data);
  const centred = new Float64Array(cols);
  const sums = new Float64Array(cols * cols);
  for (let i = 0; i < rows; i++) {
    if (i % SLICE === 0 && pace?.isDue) await pace.breathe(0);
    for (let d = 0; d < cols; d++) centred[d] = (data[i * cols + d]! - mean[d]!) / unit;
    for (let a = 0; a < cols; a++) {
      const pull = rowWeights[i]! * centred[a]!;
      for (let b = a; b < cols; b++) sums[a * cols + b]! += pull * centred[b]!;
    }
  }
  for (let a = 0; a < cols; a++) {
    for (let b = a; b < cols; b++) {
      const value = sums[a * cols + b]! / total;
      covariance.set(a, b, value);
      covariance.set(b, a, value);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const byVariance = realEigenvalues.map((value, column) => ({ value, column }))
    .sort((a, b) => b.value - a.value);
  const toDirection = (rank: number) =>
    withPositivePeak(Float64Array.from(eigenvectorMatrix.getColumn(byVariance[rank]!.column)));
  const toDeviation = (rank: number) => unit * Math.sqrt(Math.max(0, byVariance[rank]!.value));
  // With one feature there is no second direction: the map's y axis is then flat.
  if (cols === 1) {
    return {
      mean,
      directions: [toDirection(0), new Float64Array(1)],
      deviations: [toDeviation(0), 0],
    };
  }
  return {
    mean,
    directions: [toDirection(0), toDirection(1)],
    deviations: [toDeviation(0), toDeviation(1)],
  };
}

function withPositivePeak(vector: Float64Array): Float64Array {
  let peak = 0;
  // A hair's tolerance, or rounding would choose between components of equal magnitude.
  for (const value of vector) if (Math.abs(value) > Math.abs(peak) * (1 + 1e-9)) peak = value;
  return peak < 0 ? vector.map((value) => -value) : vector;
}
