import { EigenvalueDecomposition, Matrix as Dense } from "ml-matrix";
import type { Grid, Matrix } from "feira/som";

/**
 * A grid of about so many neurons whose sides are to each other as the standard
 * deviations along the data's first two principal components.
 *
 * Source: J. Vesanto et al. (2000), SOM Toolbox for Matlab 5, function
 * `som_topol_struct`: the ratio is the square root of the eigenvalues'.
 *
 * @param neurons wanted; the grid may have a few more or less
 */
export function proportionalGrid({ data, rows, cols }: Matrix, neurons: number): Grid {
  const mean = new Float64Array(cols);
  for (let i = 0; i < data.length; i++) mean[i % cols]! += data[i]! / rows;
  const covariance = Dense.zeros(cols, cols);
  for (let row = 0; row < rows; row++) {
    for (let a = 0; a < cols; a++) {
      const va = data[row * cols + a]! - mean[a]!;
      for (let b = 0; b <= a; b++) {
        const product = va * (data[row * cols + b]! - mean[b]!) / rows;
        covariance.set(a, b, covariance.get(a, b) + product);
        if (a !== b) covariance.set(b, a, covariance.get(a, b));
      }
    }
  }
  const { realEigenvalues } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const [first, second] = realEigenvalues.toSorted((a, b) => b - a) as [number, number];
  const height = Math.max(1, Math.round(Math.sqrt(neurons / Math.sqrt(first / second))));
  return { width: Math.round(neurons / height), height };
}
