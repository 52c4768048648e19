import { EigenvalueDecomposition, Matrix as MlMatrix } from "ml-matrix";
import { type RandomGenerator, xoroshiro128plus } from "pure-rand";
import { drawUnit } from "./_random.ts";
import type { Matrix } from "./types.ts";

/** The box that rows without clusters fill. */
export type GapBox = "principal" | "columns";

/**
 * Matrices of the same shape without any cluster: rows drawn evenly from the box
 * around the given ones, its sides along their principal components or along
 * their columns.
 */
export function drawReferences(
  matrix: Matrix,
  { count, box, seed }: { count: number; box: GapBox; seed: number },
): Matrix[] {
  const random = xoroshiro128plus(seed);
  const { rows, cols } = matrix;
  const axes = box === "principal" ? principalAxes(matrix) : MlMatrix.eye(cols);
  const sides = rangesOf(toMl(matrix).mmul(axes));
  return Array.from({ length: count }, () => {
    const drawn = drawIn(sides, rows, random).mmul(axes.transpose());
    return { data: Float64Array.from(drawn.to1DArray()), rows, cols };
  });
}

/** Columns are the components' directions; all of them, so that no variance is lost. */
function principalAxes(matrix: Matrix): MlMatrix {
  const centred = toMl(matrix).center("column");
  const covariance = centred.transpose().mmul(centred).div(matrix.rows);
  return new EigenvalueDecomposition(covariance, { assumeSymmetric: true }).eigenvectorMatrix;
}

function toMl({ data, rows, cols }: Matrix): MlMatrix {
  return MlMatrix.from1DArray(rows, cols, Array.from(data));
}

function rangesOf(rotated: MlMatrix): { least: number; range: number }[] {
  return Array.from({ length: rotated.columns }, (_, col) => {
    const values = rotated.getColumn(col);
    const least = values.reduce((a, b) => Math.min(a, b));
    return { least, range: values.reduce((a, b) => Math.max(a, b)) - least };
  });
}

function drawIn(
  sides: readonly { least: number; range: number }[],
  rows: number,
  random: RandomGenerator,
): MlMatrix {
  const values = Array.from({ length: rows * sides.length }, (_, at) => {
    const { least, range } = sides[at % sides.length]!;
    return least + range * drawUnit(random);
  });
  return MlMatrix.from1DArray(rows, sides.length, values);
}
