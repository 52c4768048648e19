import type { RandomState } from "./_random_state.ts";

/** The row that each iteration sees, drawn as MiniSom draws it; in epochs all have one order. */
export function orderRows(
  rows: number,
  { order, useEpochs, iterations }: {
    readonly order: "random" | "sequential";
    readonly useEpochs: boolean;
    /** In all, of all epochs. */
    readonly iterations: number;
  },
  random: RandomState,
): Int32Array {
  const once = new Int32Array(useEpochs ? rows : iterations);
  for (let t = 0; t < once.length; t++) once[t] = t % rows;
  if (order === "random") random.shuffle(once);
  if (!useEpochs) return once;
  const all = new Int32Array(iterations);
  for (let from = 0; from < iterations; from += rows) {
    all.set(once.subarray(0, iterations - from), from);
  }
  return all;
}
