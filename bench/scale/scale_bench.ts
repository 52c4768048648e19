import { join } from "node:path";
import { kMeans } from "feira/cluster";
import {
  fitScalerInWarehouse,
  measureInWarehouse,
  sampleRows,
  type ScaledTable,
  scoreInWarehouse,
  trainInWarehouse,
} from "feira/distributed";
import { type CustomerMatrix, FEATURES, scale } from "feira/features";
import { type Grid, type SomMap, trainBatch } from "feira/som";
import { openWarehouse, type Warehouse } from "feira/warehouse";
import { FeiraError, openWorkspace } from "feira/workspace";
import type { Bench, BenchContext, BenchLine } from "../shared/bench.ts";
import { formatFigure, type Table } from "../shared/format_table.ts";
import { machine } from "../shared/machine.ts";
import { peakMemoryMb } from "../shared/peak_memory.ts";
import { customersSql } from "./customers_sql.ts";

/** The last radius of every training, in neurons. */
const RADIUS = 0.44;
/** The first one in the warehouse: a map that has unfolded needs no larger one. */
const FIRST_RADIUS = 1;
/** Epochs of the training on a sample, and of that on all rows. */
const LOCAL_EPOCHS = 80;
const SEGMENTS = 3;
/** Rows of the plain cross join, whose time is in proportion to them. */
const PLAIN_ROWS = 10_000;
const KEY = "customer_unique_id";
const CUSTOMERS = {
  dataset: "analytics",
  table: "customer_features",
  features: FEATURES.map(({ name }) => name),
} as const;

/** One step: what it took, and how good the map is then where that was measured. */
interface Step {
  readonly name: string;
  readonly seconds: number;
  readonly qe?: number;
  readonly te?: number;
}

interface Plan {
  readonly grid: Grid;
  readonly rows: number;
  readonly sample: number;
  readonly epochs: number;
  readonly memoryGb: number;
  readonly all: boolean;
}

/** Training, scoring and measuring in the warehouse, with bounded memory. */
export const scaleBench: Bench = {
  description:
    "A map trained and scored on many rows that stay in the warehouse, in bounded memory",
  addOptions: (command) =>
    command
      .option("--rows <n>", "synthetic customers", "10000000")
      .option("--sample <n>", "rows of the sample that the map is started on", "50000")
      .option("--epochs <n>", "epochs in the warehouse", "10")
      .option("--width <n>", "neurons along x", "80")
      .option("--height <n>", "neurons along y", "40")
      .option("--memory <gb>", "DuckDB's memory limit", "2")
      .option("--all", "train on all rows from a principal plane, in memory, to compare", false),
  async run(context, options) {
    const plan = {
      rows: toWhole(options, "rows"),
      grid: { width: toWhole(options, "width"), height: toWhole(options, "height") },
      sample: toWhole(options, "sample"),
      epochs: toWhole(options, "epochs"),
      memoryGb: toWhole(options, "memory"),
      all: options.all === true,
    };
    const before = peakMemoryMb();
    const bench = new Scale(plan, context);
    await using warehouse = await bench.open();
    await bench.run(warehouse);
    // Before the comparison, which holds all rows.
    const peak = peakMemoryMb();
    if (plan.all) await bench.trainOnAll(warehouse);
    const figures = { rows: plan.rows, peakMb: peak, startMb: before, memoryGb: plan.memoryGb };
    return {
      head: [
        `Data: ${plan.rows} synthetic customers × ${FEATURES.length}, ${plan.grid.width} × ${plan.grid.height} neurons`,
        `Memory: ${formatFigure(peak, 4)} MB resident at most, ${
          formatFigure(before, 4)
        } before; DuckDB held to ${plan.memoryGb} GB`,
        `Machine: ${machine()}`,
      ],
      tables: [toTable(bench.steps)],
      lines: [
        { name: "scale_memory", ...figures },
        ...bench.steps.map((step): BenchLine => ({ ...step, name: `scale_${step.name}` })),
      ],
    };
  },
};

class Scale {
  readonly steps: Step[] = [];
  readonly #plan: Plan;
  readonly #context: BenchContext;

  constructor(plan: Plan, context: BenchContext) {
    this.#plan = plan;
    this.#context = context;
  }

  /** From a principal plane, the radius from a quarter of the map's width. */
  #training() {
    const { grid } = this.#plan;
    return { ...grid, epochs: LOCAL_EPOCHS, radiusStart: grid.width / 4, radiusEnd: RADIUS };
  }

  async open(): Promise<Warehouse> {
    const root = this.#context.scratchDir;
    const warehouse = await openWarehouse(openWorkspace({ root, engine: "duckdb" }));
    const spill = join(root, "spill").replaceAll("'", "''");
    await warehouse.query(`set memory_limit = '${this.#plan.memoryGb}GB'`);
    await warehouse.query(`set temp_directory = '${spill}'`);
    await warehouse.query("set preserve_insertion_order = false");
    return warehouse;
  }

  async run(warehouse: Warehouse): Promise<void> {
    const { rows, sample, epochs } = this.#plan;
    const { signal } = this.#context;
    await this.#step("rows made", async () => {
      await warehouse.query("create schema analytics");
      const table = warehouse.nameOf(CUSTOMERS.dataset, CUSTOMERS.table);
      await warehouse.query(`create table ${table} as ${customersSql(rows)}`, [], { signal });
    });
    const scaler = await this.#step(
      "scaler fitted",
      () => fitScalerInWarehouse(warehouse, CUSTOMERS, { signal }),
    );
    const source = { ...CUSTOMERS, scaler };
    const drawn = await this.#step(
      "sample drawn",
      () => sampleRows(warehouse, CUSTOMERS, { key: KEY, size: sample, signal }),
    );
    const start = await this.#step(
      "sample trained on",
      () => trainBatch(scale(drawn, scaler), { ...this.#training(), signal }),
    );
    await this.#plainJoin(warehouse, source, start);
    await this.#measure(warehouse, source, { map: start, name: "start measured" });
    const map = await trainInWarehouse(warehouse, source, {
      start,
      ...{ epochs, radiusStart: FIRST_RADIUS, radiusEnd: RADIUS, signal },
      onEpoch: ({ epoch, seconds, quantizationError }) =>
        this.#told({ name: `epoch ${epoch + 1}`, seconds, qe: quantizationError }),
    });
    await this.#measure(warehouse, source, { map, name: "map measured" });
    const { labels } = await kMeans(
      { data: map.weights, rows: map.width * map.height, cols: map.features },
      { k: SEGMENTS, signal },
    );
    const into = { dataset: CUSTOMERS.dataset, table: "scores" };
    await this.#step(
      "rows scored",
      () => scoreInWarehouse(warehouse, source, { map, segments: labels, key: KEY, into, signal }),
    );
  }

  /** What the rest is to be compared with, and what it must not take: all rows in memory. */
  async trainOnAll(warehouse: Warehouse): Promise<void> {
    const { rows } = this.#plan;
    const { signal } = this.#context;
    const scaler = await fitScalerInWarehouse(warehouse, CUSTOMERS, { signal });
    const all = await this.#step("all rows read", () => readAll(warehouse, rows));
    const matrix = scale(all, scaler);
    const map = await this.#step(
      "all rows trained on, from a plane, 80 epochs, in memory",
      () => trainBatch(matrix, { ...this.#training(), signal }),
    );
    await this.#measure(warehouse, { ...CUSTOMERS, scaler }, { map, name: "that map measured" });
  }

  /** The nearest unit by a cross join, on few rows. */
  async #plainJoin(warehouse: Warehouse, { scaler }: ScaledTable, map: SomMap): Promise<void> {
    const { features: cols, weights } = map;
    const rows = Math.min(PLAIN_ROWS, this.#plan.rows);
    const scaled = scaler.featureNames.map((name, d) =>
      `(${name} - ${scaler.mean[d]}) / ${scaler.scale[d]}`
    );
    await warehouse.query(
      `create temp table plain_units as
       select i // ${cols} as unit, list(w order by i)::double[${cols}] as v
       from (select unnest(string_split(?, ','))::double as w, unnest(range(${weights.length})) as i)
       group by 1`,
      [weights.join(",")],
    );
    await this.#step(`plain cross join of ${rows} rows`, () =>
      warehouse.query(
        `select sum(unit) from (
           select ${KEY}, arg_min(unit, array_distance(x, v)) as unit
           from (
             select ${KEY}, [${scaled.join(", ")}]::double[${cols}] as x
             from ${warehouse.nameOf(CUSTOMERS.dataset, CUSTOMERS.table)} limit ${rows}
           ), plain_units group by 1)`,
        [],
        { signal: this.#context.signal },
      ));
  }

  async #measure(
    warehouse: Warehouse,
    source: ScaledTable,
    { map, name }: { readonly map: SomMap; readonly name: string },
  ): Promise<void> {
    const started = performance.now();
    const found = await measureInWarehouse(warehouse, source, {
      map,
      signal: this.#context.signal,
    });
    this.#told({
      name,
      seconds: (performance.now() - started) / 1000,
      qe: found.quantizationError,
      te: found.topographicError,
    });
  }

  async #step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work();
    this.#told({ name, seconds: (performance.now() - started) / 1000 });
    return result;
  }

  #told(step: Step): void {
    this.steps.push(step);
    const { name, seconds, qe, te } = step;
    const errors = [qe === undefined ? "" : `QE ${qe.toFixed(5)}`, te?.toFixed(5) ?? ""].join(" ");
    this.#context.tell(`${name}: ${seconds.toFixed(1)} s ${errors}`);
  }
}

async function readAll(warehouse: Warehouse, rows: number): Promise<CustomerMatrix> {
  const { dataset, table, features } = CUSTOMERS;
  const cols = features.length;
  const data = new Float64Array(rows * cols);
  const { numbers } = await warehouse.columns(
    `select ${features.join(", ")} from ${warehouse.nameOf(dataset, table)}`,
  );
  features.forEach((name, d) =>
    numbers[name]!.forEach((value, row) => data[row * cols + d] = value)
  );
  return { customerIds: [], featureNames: features, data, rows, cols };
}

function toTable(steps: readonly Step[]): Table {
  return {
    head: ["step", "seconds", "QE", "TE"],
    rows: steps.map(({ name, seconds, qe, te }) => [
      name,
      formatFigure(seconds),
      qe === undefined ? "" : qe.toFixed(5),
      te === undefined ? "" : te.toFixed(5),
    ]),
  };
}

function toWhole(options: Readonly<Record<string, unknown>>, name: string): number {
  const value = Number(options[name]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new FeiraError(
    "usage",
    `Cannot bench scale: --${name} is "${options[name]}", must be a whole number above 0`,
  );
}
