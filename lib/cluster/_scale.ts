/**
 * The power of two that brings the greatest value to about 1, so that no square
 * overflows; a ratio of distances does not see it.
 */
export function scaleOf(data: Float64Array): number {
  let greatest = 0;
  for (let i = 0; i < data.length; i++) greatest = Math.max(greatest, Math.abs(data[i]!));
  return greatest === 0 ? 1 : 2 ** -Math.max(-1022, Math.floor(Math.log2(greatest)));
}
