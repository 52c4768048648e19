/**
 * A row's silhouette from the sums of its distances to the rows of each cluster.
 *
 * @param sums `[k]`, times any constant
 * @param own the row's cluster
 */
export function toSilhouetteValue(sums: Float64Array, sizes: Int32Array, own: number): number {
  if (sizes[own] === 1) return 0;
  const within = sums[own]! / (sizes[own]! - 1);
  let nearest = Infinity;
  for (let other = 0; other < sizes.length; other++) {
    if (other !== own) nearest = Math.min(nearest, sums[other]! / sizes[other]!);
  }
  const greater = Math.max(within, nearest);
  return greater === 0 ? 0 : (nearest - within) / greater;
}
