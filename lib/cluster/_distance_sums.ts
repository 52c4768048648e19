import { hasSimd, type ThreadedRun } from "feira/threads";
import { sumDistancesByKernel } from "./_distance_sums_kernel.ts";
import { sumDistancesPlainly } from "./_distance_sums_plain.ts";
import type { SortedRows } from "./_sorted_rows.ts";
import type { Precision } from "./types.ts";

/** What {@linkcode sumDistances} is asked for. */
export interface DistanceSumsRun extends ThreadedRun {
  /** Places of the rows whose sums are wanted. @default all */
  asking?: Int32Array;
  /**
   * Gets each wanted row once, in any order: its place and `[k]` the sums of its
   * distances to the rows of each cluster, all of them times one constant. The
   * array is used again.
   */
  onRow: (place: number, sums: Float64Array) => void;
  /** @default "float64" */
  precision?: Precision;
  /** Sums that the kernel holds at once. @default 2²⁴, which take 128 MiB */
  mostSums?: number;
  /** @default the kernel where WebAssembly knows vectors */
  engine?: "kernel" | "plain";
}

/**
 * Adds up the euclidean distances from rows to the rows of each cluster. O(rows
 * that ask · rows · cols), half of it when all ask.
 *
 * In float64 both engines give the same sums to 1e-11 of each distance, whatever
 * the scale or the place of the data; in float32 to 2⁻²² of it, and as near to
 * the exact ones as silhouette() says.
 */
export async function sumDistances(sorted: SortedRows, run: DistanceSumsRun): Promise<void> {
  const { engine = hasSimd() ? "kernel" : "plain" } = run;
  if (engine === "kernel") await sumDistancesByKernel(sorted, run);
  else await sumDistancesPlainly(sorted, run);
}
