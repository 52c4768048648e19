import type { CustomerMatrix } from "feira/features";

/** Customers in groups: rows of a matrix and the group of each. */
export interface Grouped {
  /** Rows of the matrix; all of them in order where absent. */
  readonly rows?: ArrayLike<number>;
  /** Group of each of these rows, 0..k - 1. */
  readonly labels: ArrayLike<number>;
  readonly k: number;
}

/** Mean of each raw feature, by its name. */
export type MeanProfile = Readonly<Record<string, number>>;

/** A pair of groups further apart than so many standard deviations is not alike at all. */
const UNLIKE = 1;

/** `[k]`: mean of each feature over the group's customers; NaN of an empty group. */
export function meanProfiles(matrix: CustomerMatrix, grouped: Grouped): MeanProfile[] {
  const { data, cols, featureNames } = matrix;
  const sums = Array.from({ length: grouped.k }, () => new Float64Array(cols));
  const sizes = new Array<number>(grouped.k).fill(0);
  forEachRow(grouped, (row, label) => {
    sizes[label]! += 1;
    for (let d = 0; d < cols; d++) sums[label]![d]! += data[row * cols + d]!;
  });
  return sums.map((sum, label) =>
    Object.fromEntries(featureNames.map((name, d) => [name, sum[d]! / sizes[label]!]))
  );
}

/**
 * `[k][earlier]`: how alike mean profiles are, 0..1: 1 less the root mean square
 * of the features' differences in standard deviations of these customers.
 */
export function likenesses(
  matrix: CustomerMatrix,
  grouped: Grouped,
  earlier: readonly MeanProfile[],
): number[][] {
  const spreads = toSpreads(matrix, grouped);
  return meanProfiles(matrix, grouped).map((mine) =>
    earlier.map((theirs) => {
      const squares = matrix.featureNames.map((name, d) =>
        ((mine[name]! - (theirs[name] ?? Infinity)) / (spreads[d]! || 1)) ** 2
      );
      const apart = Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / squares.length);
      return Math.max(0, UNLIKE - apart);
    })
  );
}

/** `[features]`: population standard deviation over the grouped customers. */
function toSpreads({ data, cols, featureNames }: CustomerMatrix, grouped: Grouped): number[] {
  const count = grouped.labels.length;
  return featureNames.map((_, d) => {
    let sum = 0;
    forEachRow(grouped, (row) => sum += data[row * cols + d]!);
    const mean = sum / count;
    let squares = 0;
    forEachRow(grouped, (row) => squares += (data[row * cols + d]! - mean) ** 2);
    return Math.sqrt(squares / count);
  });
}

function forEachRow({ rows, labels }: Grouped, visit: (row: number, label: number) => void): void {
  for (let i = 0; i < labels.length; i++) visit(rows?.[i] ?? i, labels[i]!);
}
