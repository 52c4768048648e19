import { Arena } from "feira/threads";
import { putColumns, takeColumns } from "../search/column_order.ts";
import { kernelArrays, KernelMap } from "../search/kernel.ts";
import type { OnlineState } from "./state.ts";
import { onlineModule } from "../_online_wasm.ts";

/**
 * Iterations gathered at a time. Their rows then stand side by side in the
 * nearest cache: fetched one by one from all over a matrix they cost a fifth of
 * an iteration.
 */
const CHUNK = 64;

/** Room in `factors` beyond the grid; `MARGIN` of kernel/_online_plan.ts. */
const MARGIN = 16;

type Train = (plan: number, online: number, count: number) => void;

/**
 * The hot loop of online training, in the WebAssembly kernel of kernel/online.ts:
 * gaussian neighbourhood, euclidean distance, rectangular grid.
 */
export class OnlineKernel {
  readonly #state: OnlineState;
  readonly #arena;
  readonly #map: KernelMap;
  readonly #train: Train;
  readonly #lastBest: Int32Array;

  constructor(state: OnlineState) {
    const { grid, features, weights, data, columns, precision } = state;
    const kind = precision === "float64" ? "f64" : "f32";
    const shape = { grid, features, rows: CHUNK, precision: kind } as const;
    const arrays = kernelArrays(shape);
    const centre = Math.max(grid.width, grid.height) + MARGIN;
    this.#arena = new Arena({
      ...arrays,
      online: ["i32", 6],
      sigmas: ["f64", CHUNK],
      rates: ["f64", CHUNK],
      factors: [kind, 2 * centre],
      slack: ["f32", arrays.firsts[1]],
    });
    const { at, views, memory } = this.#arena;
    // As `OnlinePlan` in kernel/_online_plan.ts has them.
    views.online.set([grid.width, at.sigmas, at.rates, at.factors, centre, at.slack]);
    this.#state = state;
    this.#map = new KernelMap(this.#arena, shape);
    this.#map.put(takeColumns(weights, columns));
    this.#lastBest = new Int32Array(data.length / features).fill(-1);
    const { exports } = new WebAssembly.Instance(onlineModule(), { env: { memory } });
    const [start, train] = kind === "f64" ? ["startF64", "trainF64"] : ["startF32", "trainF32"];
    (exports[start!] as (plan: number) => void)(this.#map.plan);
    this.#train = exports[train!] as Train;
  }

  /** Does iterations `from` to `to`, exclusive; after the last the state's weights are the result. */
  run(from: number, to: number): void {
    const { order, weights, columns } = this.#state;
    for (let start = from; start < to; start += CHUNK) {
      const count = Math.min(CHUNK, to - start);
      this.#gather(start, count);
      this.#train(this.#map.plan, this.#arena.at.online, count);
      const { best } = this.#arena.views;
      for (let i = 0; i < count; i++) this.#lastBest[order[start + i]!] = best[i]!;
    }
    if (to < order.length) return;
    this.#map.take(weights);
    weights.set(putColumns(weights, columns));
  }

  #gather(start: number, count: number): void {
    const { order, data, features, columns, schedule } = this.#state;
    const { best, sigmas, rates, data: rows } = this.#arena.views;
    for (let i = 0, into = 0; i < count; i++) {
      const row = order[start + i]!;
      best[i] = this.#lastBest[row]!;
      sigmas[i] = schedule.sigmaAt(start + i);
      rates[i] = schedule.rateAt(start + i);
      for (let d = 0; d < features; d++) rows[into++] = data[row * features + columns[d]!]!;
    }
  }
}
