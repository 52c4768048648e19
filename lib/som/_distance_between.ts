/** The euclidean distance of two vectors of `[count × features]`, by their indices. */
export function distanceBetween(
  vectors: Float64Array,
  features: number,
  a: number,
  b: number,
): number {
  let squared = 0;
  for (let d = 0; d < features; d++) {
    const gap = vectors[a * features + d]! - vectors[b * features + d]!;
    squared += gap * gap;
  }
  return Math.sqrt(squared);
}
