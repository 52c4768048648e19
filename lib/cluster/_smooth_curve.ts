import { Matrix, SVD } from "ml-matrix";

/**
 * The values at xs of the polynomial nearest to a curve by least squares, as
 * numpy's `polyfit` finds it: columns of powers scaled to length 1, singular
 * values below their greatest times points · 2⁻⁵² left out.
 */
export function smoothCurve(
  xs: readonly number[],
  ys: readonly number[],
  degree: number,
): number[] {
  const powers = Matrix.zeros(xs.length, degree + 1);
  xs.forEach((x, i) => {
    for (let d = 0; d <= degree; d++) powers.set(i, d, x ** (degree - d));
  });
  const lengths = Array.from({ length: degree + 1 }, (_, d) => powers.getColumnVector(d).norm());
  lengths.forEach((length, d) => powers.mulColumn(d, 1 / length));
  const svd = new SVD(powers, { autoTranspose: true });
  const { leftSingularVectors: left, rightSingularVectors: right, diagonal } = svd;
  const least = Math.max(...diagonal) * xs.length * Number.EPSILON;
  const coefficients = new Array<number>(degree + 1).fill(0);
  diagonal.forEach((singular, j) => {
    if (singular <= least) return;
    const along = ys.reduce((sum, y, i) => sum + left.get(i, j) * y, 0) / singular;
    lengths.forEach((length, d) => coefficients[d]! += along * right.get(d, j) / length);
  });
  return xs.map((x) => coefficients.reduce((value, coefficient) => value * x + coefficient, 0));
}
