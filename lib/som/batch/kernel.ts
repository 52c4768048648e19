import { Arena, type LongRun, Threads } from "feira/threads";
import type { BatchEngine, BatchStart } from "./engine.ts";
import { batchFactors } from "./factors.ts";
import { batchModule } from "../_batch_wasm.ts";
import { kernelArrays, KernelMap, type KernelShape } from "../search/kernel.ts";
import { putColumns, takeColumns } from "../search/column_order.ts";
import { copyRows, orderByUnit } from "../search/sort_rows.ts";

const PLAN_WORDS = 12;
/** Tasks at most that share the neurons' sums: each looks through all rows. */
const GATHER_TASKS = 16;

/**
 * Batch training by the WebAssembly kernel of kernel/batch.ts.
 *
 * Memory: 8 bytes per feature and row, 12 per row (20 with weights of rows); per
 * neuron 8 per feature, and 16 (24 on a hexagonal grid) per feature and one more.
 */
export class BatchKernel implements BatchEngine {
  readonly #arena: BatchArena;
  readonly #map: KernelMap;
  readonly #threads: Threads;
  /** Neurons of one task of `gather`. */
  readonly #share: number;
  readonly #start: BatchStart;
  #isFirst = true;

  constructor(start: BatchStart) {
    const { matrix, grid, columns, weights, rowWeights, threads } = start;
    const features = matrix.cols;
    const shape = { grid, features, rows: matrix.rows, threads };
    const arena = layOut(shape, rowWeights !== undefined);
    this.#start = start;
    this.#arena = arena;
    this.#threads = new Threads({ module: batchModule(), memory: arena.memory, count: threads });
    this.#map = new KernelMap(arena, shape);
    this.#map.put(takeColumns(weights, columns));
    copyRows(matrix, arena.views.data, { columns });
    if (rowWeights) arena.views.rowWeights.set(rowWeights);
    this.#share = Math.ceil(grid.width * grid.height / GATHER_TASKS);
    const { at } = arena;
    // As `BatchPlan` in kernel/_batch_plan.ts has them; the reaches follow in every epoch.
    arena.views.batchPlan.set([
      ...[grid.width, strideOf(features), this.#share],
      ...[rowWeights ? at.rowWeights : 0, at.sums, at.across],
      grid.topology === "hexagonal" ? at.athwart : 0,
      ...[at.whole + 8 * grid.width, at.half + 8 * grid.width, at.down + 8 * grid.height],
    ]);
  }

  async epoch(radius: number, { onProgress, ...run }: LongRun): Promise<void> {
    if (this.#isFirst) await this.#run("fit", this.#map.blocks, run);
    this.#setFactors(radius);
    const rows = this.#arena.views.best.length;
    await this.#run("findBest", this.#map.tasks, {
      ...run,
      onProgress: ({ done, total }) =>
        onProgress?.({ done: Math.round(done / total * rows), total: rows }),
    });
    if (this.#isFirst) this.#sortRows();
    this.#isFirst = false;
    const { width, height } = this.#start.grid;
    await this.#run("gather", Math.ceil(width * height / this.#share), run);
    await this.#run("smooth", width, run);
    await this.#run("settle", Math.ceil(width / 8), run);
  }

  weights(): Float64Array {
    const weights = this.#start.weights.slice();
    this.#map.take(weights);
    return putColumns(weights, this.#start.columns);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#threads[Symbol.asyncDispose]();
  }

  #run(name: string, tasks: number, run: LongRun): Promise<void> {
    const { plan, batchPlan } = this.#arena.at;
    return this.#threads.run({ name, tasks, args: [plan, batchPlan], ...run });
  }

  #sortRows(): void {
    const { grid, matrix, columns, rowWeights } = this.#start;
    const { views } = this.#arena;
    const order = orderByUnit(grid, views.best);
    views.best.set(order.map((row) => views.best[row]!));
    copyRows(matrix, views.data, { columns, order });
    order.forEach((row, i) => rowWeights && (views.rowWeights[i] = rowWeights[row]!));
  }

  #setFactors(radius: number): void {
    const { whole, half, down, reachAcross, reachDown } = batchFactors(this.#start.grid, radius);
    const { views } = this.#arena;
    views.whole.set(whole);
    views.half.set(half);
    views.down.set(down);
    views.batchPlan.set([reachAcross, reachDown], PLAN_WORDS - 2);
  }
}

type BatchArena = ReturnType<typeof layOut>;

function layOut(shape: KernelShape, hasWeights: boolean) {
  const { grid: { width, height, topology }, features, rows } = shape;
  const sums = width * height * strideOf(features);
  return new Arena({
    ...kernelArrays(shape),
    batchPlan: ["i32", PLAN_WORDS],
    rowWeights: ["f64", hasWeights ? rows : 0],
    sums: ["f64", sums],
    across: ["f64", sums],
    athwart: ["f64", topology === "hexagonal" ? sums : 0],
    whole: ["f64", 2 * width + 1],
    half: ["f64", 2 * width + 1],
    down: ["f64", 2 * height + 1],
  });
}

/** The sums of a cell, and one more double where that makes them whole vectors. */
function strideOf(features: number): number {
  return features + 1 + (features + 1) % 2;
}
