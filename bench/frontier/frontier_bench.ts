import { join } from "node:path";
import { writeFileBeside } from "feira/workspace";
import type { Bench, BenchLine, BenchReport } from "../shared/bench.ts";
import { CUSTOMERS_OPTION, readCustomers, toCustomersFile } from "../shared/customers.ts";
import { machine } from "../shared/machine.ts";
import { writeNumbers } from "../shared/number_file.ts";
import { runJob } from "../shared/run_job.ts";
import { frontierFigure } from "./frontier_figure.ts";
import {
  beatsPublished,
  type FrontierPoint,
  frontOf,
  maybeTuned,
  PUBLISHED,
} from "./frontier_point.ts";
import { proportionalGrid } from "./proportional_grid.ts";
import { frontierSettings } from "./settings.ts";
import type { SettingJob } from "./train_setting.ts";

const TRAIN = {
  command: Deno.execPath(),
  args: ["run", "-A", "--quiet", join(import.meta.dirname!, "train_setting.ts")],
};

/** Neurons of every map, the guide's number. */
const NEURONS = 3_200;

/** Cut training, to see that all of it works. */
const QUICK = { epochs: 4, iterations: 10_000 };

/** Quantization against topographic error over the ways to train a map. */
export const frontierBench: Bench = {
  description: "Quantization against topographic error over many settings, and the best of them",
  addOptions: (command) =>
    command
      .option("--quick", "cut the training, to see that all of it works", false)
      .option(...CUSTOMERS_OPTION)
      .option("--svg <file>", "draw the frontier"),
  async run(context, options) {
    const { scaled, source } = await readCustomers(toCustomersFile(context, options), context);
    const matrix = join(context.scratchDir, "matrix.bin");
    await writeNumbers(matrix, scaled.data);
    const proportional = proportionalGrid(scaled, NEURONS);
    const settings = frontierSettings({ proportional, ...(options.quick ? QUICK : {}) });
    const points: FrontierPoint[] = [];
    for (const [at, setting] of settings.entries()) {
      context.tell(`${at + 1} of ${settings.length}: ${setting.name}`);
      const { rows, cols } = scaled;
      const job: SettingJob = { task: "setting", setting, matrix, rows, cols };
      const { mb: _, cpuSeconds: __, ...figures } = await runJob(TRAIN, job, context);
      const point = { ...figures, name: setting.name, group: setting.group } as FrontierPoint;
      context.tell(`  ${figuresOf(point).join(" ")}`);
      points.push(point);
    }
    if (options.svg !== undefined) {
      await writeFileBeside(context.toPath(String(options.svg)), frontierFigure(points));
    }
    return toReport(points, [`Data: ${source}`, `Machine: ${machine()}`]);
  },
};

function figuresOf({ qe, te, silhouette, dbi }: FrontierPoint): string[] {
  return [qe, te, silhouette, dbi].map((figure) => figure.toFixed(4));
}

function toReport(points: readonly FrontierPoint[], head: readonly string[]): BenchReport {
  const front = frontOf(points);
  const tuned = maybeTuned(points);
  const toLine = (point: FrontierPoint): BenchLine => ({
    ...point,
    name: "frontier",
    setting: point.name,
    on_front: front.includes(point),
    beats_published: beatsPublished(point),
    tuned: point === tuned,
  });
  const toRow = (point: FrontierPoint) => [
    point.name,
    ...figuresOf(point),
    marksOf(point),
  ];
  const marksOf = (point: FrontierPoint) =>
    [
      front.includes(point) ? "front" : "",
      point === tuned ? "tuned" : beatsPublished(point) ? "beats all four" : "",
    ].filter((mark) => mark !== "").join(", ");
  return {
    head: [...head, `Tuned: ${tuned?.name ?? "no setting beats the published figures"}`],
    tables: [{
      head: ["setting", "QE", "TE", "silhouette", "DBI", ""],
      rows: [
        ["published by the guide", ...Object.values(PUBLISHED).map(String), ""],
        ...points.map(toRow),
      ],
    }],
    lines: points.map(toLine),
  };
}
