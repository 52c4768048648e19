/** Rows sorted by cluster, columns padded with zeros to a multiple of four. */
export interface SortedRows {
  readonly data: Float64Array;
  readonly rows: number;
  /** Values per row in `data`. */
  readonly stride: number;
  /** `[k + 1]`: where each cluster starts; the last is `rows`. */
  readonly starts: Int32Array;
}

/**
 * The hot loop of the silhouette: adds up the euclidean distances from rows
 * `from`..`to` (exclusive) to all later rows, per cluster, for both ends of each
 * pair.
 *
 * @param sums `[rows × k]`, added to in place
 */
export function addDistances(
  { data, rows, stride, starts }: SortedRows,
  sums: Float64Array,
  { from, to }: { from: number; to: number },
): void {
  const k = starts.length - 1;
  let own = 0;
  for (let i = from; i < to; i++) {
    while (i >= starts[own + 1]!) own++;
    const a = i * stride;
    for (let cluster = own; cluster < k; cluster++) {
      const last = Math.min(rows, starts[cluster + 1]!);
      let sum = 0;
      for (let j = Math.max(i + 1, starts[cluster]!), b = j * stride; j < last; j++) {
        // Two independent sums let the processor overlap the additions.
        let even = 0;
        let odd = 0;
        for (let d = 0; d < stride; d += 4, b += 4) {
          const d0 = data[a + d]! - data[b]!;
          const d1 = data[a + d + 1]! - data[b + 1]!;
          const d2 = data[a + d + 2]! - data[b + 2]!;
          const d3 = data[a + d + 3]! - data[b + 3]!;
          even += d0 * d0 + d1 * d1;
          odd += d2 * d2 + d3 * d3;
        }
        const distance = Math.sqrt(even + odd);
        sum += distance;
        sums[j * k + own]! += distance;
      }
      sums[i * k + cluster]! += sum;
    }
  }
}
