import { agreementBench } from "./agreement/agreement_bench.ts";
import { frontierBench } from "./frontier/frontier_bench.ts";
import { growthBench } from "./growth/growth_bench.ts";
import { namesBench } from "./names/names_bench.ts";
import { notebookBench } from "./notebook/notebook_bench.ts";
import { reportBench } from "./report/report_bench.ts";
import { scaleBench } from "./scale/scale_bench.ts";
import type { Bench } from "./shared/bench.ts";
import { somBench } from "./som/som_bench.ts";

/** Everything that `deno task bench NAME` can measure, by its name. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  som: somBench,
  agreement: agreementBench,
  growth: growthBench,
  frontier: frontierBench,
  scale: scaleBench,
  notebook: notebookBench,
  report: reportBench,
  names: namesBench,
};
