import { assertMatrix, view } from "./_check.ts";
import type { CustomerMatrix } from "./customer_matrix.ts";
import type { Scaler } from "./fit_scaler.ts";

/**
 * Features as z-scores: (value − mean) / scale, column by column.
 *
 * @returns a new matrix with the same ids and names.
 * @throws {RangeError} when the scaler was fitted on other features.
 *
 * @example
 * ```ts
 * import { fitScaler, scale, unscale } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * const matrix = {
 *   customerIds: ["a", "b"],
 *   featureNames: ["recency"],
 *   data: Float64Array.of(10, 30),
 *   rows: 2,
 *   cols: 1,
 * };
 * const scaler = fitScaler(matrix);
 * const scaled = scale(matrix, scaler);
 * assert.deepEqual([...scaled.data], [-1, 1]);
 * assert.deepEqual(unscale(scaled, scaler), matrix);
 * ```
 */
export function scale(matrix: CustomerMatrix, scaler: Scaler): CustomerMatrix {
  assertFits(matrix, scaler, "scale");
  const data = matrix.data.slice();
  view(data, matrix.rows).subRowVector(toRow(scaler.mean)).divRowVector(toRow(scaler.scale));
  return { ...matrix, data };
}

/**
 * Z-scores as features again: value × scale + mean, column by column. Undoes
 * {@linkcode scale} up to rounding.
 *
 * @returns a new matrix with the same ids and names.
 * @throws {RangeError} when the scaler was fitted on other features.
 */
export function unscale(matrix: CustomerMatrix, scaler: Scaler): CustomerMatrix {
  assertFits(matrix, scaler, "unscale");
  const data = matrix.data.slice();
  view(data, matrix.rows).mulRowVector(toRow(scaler.scale)).addRowVector(toRow(scaler.mean));
  return { ...matrix, data };
}

/** ml-matrix's types ask for an array of its own kind. */
function toRow(vector: Float64Array): number[] {
  return [...vector];
}

function assertFits(matrix: CustomerMatrix, scaler: Scaler, action: string): void {
  assertMatrix(matrix, action);
  const found = matrix.featureNames.join(", ");
  const fitted = scaler.featureNames.join(", ");
  if (found !== fitted) {
    throw new RangeError(`Cannot ${action}: found features ${found}, must be ${fitted}`);
  }
}
