import { type LongRun, Pace, Threads, toThreadCount } from "feira/threads";
import type { DistanceSumsRun } from "./_distance_sums.ts";
import { layOutSums } from "./_distance_sums_memory.ts";
import { distanceSumsModule } from "./_distance_sums_wasm.ts";
import { BLOCK, slotsOf, slotsOfClusters } from "./_row_blocks.ts";
import type { SortedRows } from "./_sorted_rows.ts";

/** Pairs below which starting a worker costs more than it brings. */
const FEW_PAIRS = 4e6;
/** Pairs of a task, about, where rows ask one by one: some milliseconds. */
const TASK_PAIRS = 2 ** 20;

/**
 * Sums of distances by the WebAssembly kernel: see kernel/distance_sums.ts.
 *
 * When all rows ask, each pair is computed once, and the sums of all rows are
 * held: 8 bytes per row and cluster. Where these would take more than 128 MiB,
 * or only some rows ask, they ask in batches, each row all others. Besides, 16
 * bytes per value of the rows, in float32 4, and again of those that ask. The
 * result is the same for any number of threads.
 */
export async function sumDistancesByKernel(
  sorted: SortedRows,
  { asking, onRow, threads, precision = "float64", mostSums = 2 ** 24, ...run }: DistanceSumsRun,
): Promise<void> {
  const k = sorted.starts.length - 1;
  const slots = slotsOfClusters(sorted.starts);
  const wanted = asking === undefined ? slots : slotsOf(asking);
  const isRoundRobin = asking === undefined && k * slots.length <= mostSums;
  const batch = isRoundRobin
    ? slots.length
    : Math.min(wanted.length, Math.max(BLOCK, mostSums / k & -BLOCK));
  const asked = toThreadCount(threads, "sum distances");
  const count = sorted.rows * wanted.length < FEW_PAIRS ? 1 : asked;
  const { arena, tileCount } = layOutSums(sorted, {
    slots,
    wanted,
    batch,
    threads: count,
    precision,
  });
  const { memory, views, at } = arena;
  await using pool = new Threads({ module: distanceSumsModule(), memory, count });

  const sums = new Float64Array(k);
  const hand = (first: number, last: number) => {
    for (let slot = first; slot < last; slot++) {
      if (wanted[slot]! < 0) continue;
      for (let c = 0; c < k; c++) sums[c] = views.sums[c * batch + slot - first]!;
      onRow(wanted[slot]!, sums);
    }
  };
  if (isRoundRobin) {
    await runRounds(pool, { plan: at.plan, tileCount, run });
    hand(0, slots.length);
    return;
  }
  const total = wanted.length;
  for (let first = 0; first < total; first += batch) {
    const last = Math.min(total, first + batch);
    if (first > 0) views.sums.fill(0);
    const group = Math.max(1, Math.min(8, Math.round(TASK_PAIRS / sorted.rows / BLOCK)));
    await pool.run({
      name: "addAll",
      tasks: Math.ceil((last - first) / BLOCK / group),
      args: [first / BLOCK, last / BLOCK, group, at.plan],
      ...(run.signal === undefined ? {} : { signal: run.signal }),
      onProgress: ({ done, total: tasks }) =>
        run.onProgress?.({ done: first + (last - first) * done / tasks, total }),
    });
    hand(first, last);
  }
}

/** Round by round, for a round must not begin before the last one has ended. */
async function runRounds(
  pool: Threads,
  { plan, tileCount, run }: { plan: number; tileCount: number; run: LongRun },
): Promise<void> {
  const pace = new Pace(tileCount, run);
  const { signal } = run;
  for (let round = 0; round < tileCount; round++) {
    await pool.run({
      name: "addRound",
      tasks: (tileCount + 1) / 2,
      args: [round, plan],
      ...(signal === undefined ? {} : { signal }),
    });
    if (pace.isDue) await pace.breathe(round + 1);
  }
  pace.finish();
}
