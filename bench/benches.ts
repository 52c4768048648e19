import { growthBench } from "./growth/growth_bench.ts";
import type { Bench } from "./shared/bench.ts";
import { somBench } from "./som/som_bench.ts";

/** Everything that `deno task bench NAME` can measure, by its name. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  som: somBench,
  growth: growthBench,
};
