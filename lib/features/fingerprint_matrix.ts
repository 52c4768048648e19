import { hashText } from "feira/workspace";
import type { CustomerMatrix } from "./customer_matrix.ts";

/**
 * SHA-256 over a matrix's ids, names and the bytes of its numbers, in
 * hexadecimal: equal exactly when all of them are, order included.
 *
 * @example
 * ```ts
 * import { fingerprintMatrix } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * const matrix = {
 *   customerIds: ["a"],
 *   featureNames: ["recency"],
 *   data: Float64Array.of(1),
 *   rows: 1,
 *   cols: 1,
 * };
 * const other = { ...matrix, data: Float64Array.of(2) };
 * assert.notEqual(fingerprintMatrix(matrix), fingerprintMatrix(other));
 * ```
 */
export function fingerprintMatrix(matrix: CustomerMatrix): string {
  const { customerIds, featureNames, data } = matrix;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  // Each part is hashed alone, so that none can run over into the next.
  const parts = [JSON.stringify(featureNames), JSON.stringify(customerIds), bytes];
  return hashText(parts.map(hashText).join(" "));
}
