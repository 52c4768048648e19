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
  const once = Int32Array.from({ length: useEpochs ? rows : iterations }, (_, t) => t % rows);
  if (order === "random") random.shuffle(once);
  return useEpochs ? Int32Array.from({ length: iterations }, (_, t) => once[t % rows]!) : once;
}
