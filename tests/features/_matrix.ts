import type { CustomerMatrix } from "feira/features";
import fixture from "../fixtures/features/features.json" with { type: "json" };

/** What numpy, scipy and scikit-learn say of {@linkcode ORACLE_MATRIX}. */
export const ORACLE = fixture;

export const ORACLE_MATRIX: CustomerMatrix = toMatrix(fixture.data as number[], fixture.names);

/** A matrix of the values row by row, with made-up ids. */
export function toMatrix(
  values: readonly number[],
  featureNames: readonly string[] = ["one"],
): CustomerMatrix {
  const cols = featureNames.length;
  const rows = values.length / cols;
  return {
    customerIds: Array.from({ length: rows }, (_, row) => `c${String(row).padStart(5, "0")}`),
    featureNames,
    data: Float64Array.from(values),
    rows,
    cols,
  };
}

/** Fails with the index when two lists differ by more than the relative tolerance; null is NaN. */
export function assertClose(
  found: ArrayLike<number>,
  expected: readonly (number | null)[],
  tolerance = 1e-12,
): void {
  if (found.length !== expected.length) {
    throw new Error(`found ${found.length} values, must be ${expected.length}`);
  }
  expected.forEach((value, index) => {
    const number = found[index]!;
    const isClose = value === null
      ? Number.isNaN(number)
      : Math.abs(number - value) <= tolerance * Math.max(1, Math.abs(value));
    if (!isClose) throw new Error(`value ${index} is ${number}, must be ${value}`);
  });
}
