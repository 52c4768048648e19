import { join } from "node:path";
import type { Bench } from "../shared/bench.ts";
import { CUSTOMERS_OPTION, readCustomers, toCustomersFile } from "../shared/customers.ts";
import { machine } from "../shared/machine.ts";
import { writeNumbers } from "../shared/number_file.ts";
import { count } from "../som/measured.ts";
import { toReport } from "./growth_report.ts";
import { measureSize, type Size, type SizeFigures, type Work, WORKS } from "./measure_size.ts";
import { resample } from "./resample.ts";

/** Which sizes are measured, and how much is done at each. */
interface Plan {
  readonly rows: readonly number[];
  readonly grids: readonly Size["grid"][];
  /** Of the measurements over rows. */
  readonly grid: Size["grid"];
  /** Of the measurements over neurons. */
  readonly gridRows: number;
  readonly iterations: number;
  readonly epochs: number;
}

const FULL: Plan = {
  rows: [10_000, 100_000, 1_000_000],
  grids: [[20, 10], [40, 20], [80, 40], [160, 80]],
  grid: [80, 40],
  gridRows: 100_000,
  iterations: 200_000,
  epochs: 5,
};

const QUICK: Plan = {
  rows: [1_000, 4_000, 16_000],
  grids: [[10, 5], [20, 10], [40, 20]],
  grid: [20, 10],
  gridRows: 4_000,
  iterations: 10_000,
  epochs: 2,
};

/** How time and memory of the map engine grow with rows and with neurons. */
export const growthBench: Bench = {
  description: "Time and memory of the map engine by rows and by neurons, with fitted exponents",
  addOptions: (command) =>
    command
      .option("--quick", "small sizes only", false)
      .option(...CUSTOMERS_OPTION),
  async run(context, options) {
    const plan = options.quick ? QUICK : FULL;
    const customers = await readCustomers(toCustomersFile(context, options), context);
    const measure = async (rows: number, grid: Size["grid"], works: readonly Work[]) => {
      context.tell(`measuring ${count(rows)} rows on ${grid.join(" × ")} neurons`);
      const file = join(context.scratchDir, "growth.bin");
      await writeNumbers(file, resample(customers.scaled, { rows }).data);
      const matrix = { matrix: file, rows, cols: customers.scaled.cols };
      return await measureSize({ ...plan, matrix, grid, works }, context);
    };
    const all = WORKS.map(({ name }) => name);
    const byRows: SizeFigures[] = [];
    for (const rows of plan.rows) byRows.push(await measure(rows, plan.grid, all));
    // The silhouette knows no neurons.
    const ofMaps = all.filter((name) => !name.startsWith("silhouette"));
    const byNeurons: SizeFigures[] = [];
    for (const grid of plan.grids) byNeurons.push(await measure(plan.gridRows, grid, ofMaps));
    return toReport([
      {
        by: "rows",
        title: `${plan.grid.join(" × ")} neurons`,
        at: plan.rows,
        heads: plan.rows.map(count),
        measured: byRows,
      },
      {
        by: "neurons",
        title: `${count(plan.gridRows)} rows`,
        at: plan.grids.map(([width, height]) => width * height),
        heads: plan.grids.map((grid) => grid.join("×")),
        measured: byNeurons,
      },
    ], [
      `Data: rows drawn from ${customers.source}, each value moved by up to 0.05`,
      `Work: ${count(plan.iterations)} iterations online, ${plan.epochs} epochs of batch training`,
      "Time: processor seconds over all threads",
      `Machine: ${machine()}`,
    ]);
  },
};
