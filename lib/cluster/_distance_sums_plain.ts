import { Pace } from "feira/threads";
import type { DistanceSumsRun } from "./_distance_sums.ts";
import type { SortedRows } from "./_sorted_rows.ts";

/**
 * The reference of the kernel in plain TypeScript: row by row, by differences.
 * Memory: 8 bytes per value.
 */
export async function sumDistancesPlainly(
  sorted: SortedRows,
  { asking, onRow, ...run }: DistanceSumsRun,
): Promise<void> {
  const { rows, cols, times, starts } = sorted;
  const data = new Float64Array(rows * cols);
  for (let place = 0; place < rows; place++) {
    sorted.read(place, data.subarray(place * cols, (place + 1) * cols));
  }
  const sums = new Float64Array(starts.length - 1);
  const wanted = asking?.length ?? rows;
  const pace = new Pace(wanted, run);
  for (let i = 0; i < wanted; i++) {
    if (pace.isDue) await pace.breathe(i);
    const place = asking?.[i] ?? i;
    for (let c = 0; c < sums.length; c++) {
      let sum = 0;
      for (let other = starts[c]!; other < starts[c + 1]!; other++) {
        let squared = 0;
        for (let d = 0, a = place * cols, b = other * cols; d < cols; d++, a++, b++) {
          const difference = data[a]! - data[b]!;
          squared += times[d]! * difference * difference;
        }
        sum += Math.sqrt(squared);
      }
      sums[c] = sum;
    }
    onRow(place, sums);
  }
  pace.finish();
}
