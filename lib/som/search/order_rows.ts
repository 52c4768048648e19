import type { Pace } from "feira/threads";
import type { RandomState } from "../_random_state.ts";

export interface OrderSpec {
  readonly order: "random" | "sequential";
  readonly useEpochs: boolean;
  /** In all, of all epochs. */
  readonly iterations: number;
  readonly random: RandomState;
  /** Of the training that begins. */
  readonly pace: Pace;
}

/** Exchanges between two looks at the clock. */
const SLICE = 10_000;

/** The row that each iteration sees, drawn as MiniSom draws it; in epochs all have one order. */
export async function orderRows(
  rows: number,
  { order, useEpochs, iterations, random, pace }: OrderSpec,
): Promise<Int32Array> {
  const once = new Int32Array(useEpochs ? rows : iterations);
  for (let t = 0; t < once.length; t++) once[t] = t % rows;
  for (let end = once.length; order === "random" && end > 1; end -= SLICE) {
    if (pace.isDue) await pace.breathe(0);
    random.shuffle(once, { end, count: SLICE });
  }
  if (!useEpochs) return once;
  const all = new Int32Array(iterations);
  for (let from = 0; from < iterations; from += rows) {
    all.set(once.subarray(0, iterations - from), from);
  }
  return all;
}
