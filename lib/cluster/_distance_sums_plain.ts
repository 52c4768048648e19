import { Pace } from "feira/threads";
import { centredRows } from "./_centred_rows.ts";
import type { DistanceSumsRun } from "./_distance_sums.ts";
import type { SortedRows } from "./_sorted_rows.ts";

/**
 * The reference of the kernel in plain TypeScript: row by row, by differences.
 * Memory: 8 bytes per value.
 */
export async function sumDistancesPlainly(
  sorted: SortedRows,
  { asking, onRow, precision = "float64", ...run }: DistanceSumsRun,
): Promise<void> {
  const { rows, starts } = sorted;
  const distance = precision === "float64" ? distancesOf(sorted) : singleDistancesOf(sorted);
  const sums = new Float64Array(starts.length - 1);
  const wanted = asking?.length ?? rows;
  const pace = new Pace(wanted, run);
  for (let i = 0; i < wanted; i++) {
    if (pace.isDue) await pace.breathe(i);
    const place = asking?.[i] ?? i;
    for (let c = 0; c < sums.length; c++) {
      let sum = 0;
      for (let other = starts[c]!; other < starts[c + 1]!; other++) sum += distance(place, other);
      sums[c] = sum;
    }
    onRow(place, sums);
  }
  pace.finish();
}

/** The distance of two places. */
type Distance = (one: number, other: number) => number;

function distancesOf({ rows, cols, times, read }: SortedRows): Distance {
  const data = new Float64Array(rows * cols);
  for (let place = 0; place < rows; place++) {
    read(place, data.subarray(place * cols, (place + 1) * cols));
  }
  return (one, other) => {
    let squared = 0;
    for (let d = 0, a = one * cols, b = other * cols; d < cols; d++, a++, b++) {
      const difference = data[a]! - data[b]!;
      squared += times[d]! * difference * difference;
    }
    return Math.sqrt(squared);
  };
}

/** Every step rounded to float32. */
function singleDistancesOf(sorted: SortedRows): Distance {
  const { rows, cols } = sorted;
  const { fround, sqrt } = Math;
  const data = new Float64Array(rows * cols);
  const read = centredRows(sorted, "float32");
  for (let place = 0; place < rows; place++) {
    read(place, data.subarray(place * cols, (place + 1) * cols));
  }
  return (one, other) => {
    let squared = 0;
    for (let d = 0, a = one * cols, b = other * cols; d < cols; d++, a++, b++) {
      const difference = fround(data[a]! - data[b]!);
      squared = fround(squared + fround(difference * difference));
    }
    return fround(sqrt(squared));
  };
}
