/**
 * Moves positions apart until neighbours are `gap` or more from each other,
 * as little as that takes, inside the bounds. Order is kept.
 */
export function spread(
  positions: readonly number[],
  gap: number,
  [lo, hi]: readonly [number, number],
): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a]! - positions[b]!);
  const result = positions.slice();
  let least = lo;
  for (const i of order) {
    result[i] = Math.max(result[i]!, least);
    least = result[i]! + gap;
  }
  let most = hi;
  for (const i of order.reverse()) {
    result[i] = Math.min(result[i]!, most);
    most = result[i]! - gap;
  }
  return result;
}
