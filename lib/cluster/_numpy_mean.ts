/**
 * The mean with numpy's order of additions, for thresholds that must come out
 * the same to the last bit.
 */
export function numpyMean(values: readonly number[]): number {
  return pairwiseSum(values, 0, values.length) / values.length;
}

/** Up to 128 values in eight interleaved sums, more by halves. */
function pairwiseSum(values: readonly number[], from: number, count: number): number {
  if (count > 128) {
    const half = Math.floor(count / 2);
    const first = half - half % 8;
    return pairwiseSum(values, from, first) + pairwiseSum(values, from + first, count - first);
  }
  const even = count - count % 8;
  let sum = 0;
  if (even > 0) {
    const lanes = values.slice(from, from + 8);
    for (let i = 8; i < even; i++) lanes[i % 8]! += values[from + i]!;
    const [a, b, c, d, e, f, g, h] = lanes as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    sum = ((a + b) + (c + d)) + ((e + f) + (g + h));
  }
  for (let i = even; i < count; i++) sum += values[from + i]!;
  return sum;
}
