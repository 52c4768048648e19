/**
 * The power of two below the greatest magnitude among values, 1 where all are 0:
 * divided by it, no square overflows or vanishes, and no digit changes.
 */
export function unitOf(values: Float64Array): number {
  let greatest = 0;
  for (let i = 0; i < values.length; i++) greatest = Math.max(greatest, Math.abs(values[i]!));
  return greatest === 0 ? 1 : 2 ** Math.floor(Math.log2(greatest));
}
