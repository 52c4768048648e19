import type { SortedRows } from "./_sorted_rows.ts";
import type { Precision } from "./types.ts";

/**
 * How narrow a column may be against the widest one. With the widest at about 1,
 * the square of 2⁻⁶⁰ is within float32's normal range, from 2⁻¹²⁶.
 */
const LEAST_SPREAD = 2 ** -60;

/**
 * @throws {RangeError} when it is no precision, or float32 and a column so narrow
 * against another that its squares would be 0
 */
export function assertPrecision(
  precision: Precision,
  { spreads, columns }: SortedRows,
  action: string,
): void {
  if (precision === "float64") return;
  if (precision !== "float32") {
    throw new RangeError(
      `Cannot ${action}: precision is ${precision}, must be float64 or float32`,
    );
  }
  const widest = spreads.reduce((most, spread) => Math.max(most, spread), 0);
  spreads.forEach((spread, d) => {
    if (spread >= widest * LEAST_SPREAD) return;
    throw new RangeError(
      `Cannot ${action}: column ${columns[d]} spreads ${spread / widest} times as far as the ` +
        `widest, must be at least ${LEAST_SPREAD} in float32`,
    );
  });
}
