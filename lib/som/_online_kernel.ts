import type { Schedule } from "./_schedule.ts";
import { Search } from "./_search.ts";
import { TILE, Tiles } from "./_tiles.ts";
import type { Grid } from "./types.ts";

/**
 * Beyond this many sigma the gaussian is under 2^-53 of its peak, so that an
 * update there no longer changes a float64: sqrt(2 · 53 · ln 2).
 */
const REACH_SIGMAS = Math.sqrt(2 * 53 * Math.LN2);

/** What the online loop works on; the arrays are changed in place. */
export interface OnlineState {
  readonly grid: Grid;
  readonly features: number;
  /** `[width × height × features]` */
  readonly weights: Float64Array;
  /** `[rows × features]` */
  readonly data: Float64Array;
  /** `[iterations]`: the row that each iteration sees. */
  readonly order: Int32Array;
  readonly schedule: Schedule;
}

/**
 * The hot loop of online training, in plain TypeScript. `run(from, to)` does
 * these iterations, so that the caller can pause between slices.
 *
 * Update of neuron n for sample x with best unit c at iteration t of T:
 * w_n += η · exp(-dx²/2σ²) · exp(-dy²/2σ²) · (x - w_n), where η and σ are
 * the schedule's (Kohonen 1982).
 */
export class OnlineKernel {
  readonly #state: OnlineState;
  readonly #tiles: Tiles;
  readonly #search: Search;
  readonly #lastBest: Int32Array;
  readonly #alongY: Float64Array;

  constructor(state: OnlineState) {
    this.#state = state;
    this.#tiles = new Tiles(state.grid, state.features);
    this.#tiles.fit(state.weights);
    this.#search = new Search(this.#tiles, state.weights);
    this.#lastBest = new Int32Array(state.data.length / state.features).fill(-1);
    this.#alongY = new Float64Array(state.grid.height);
  }

  run(from: number, to: number): void {
    const { order, data, features, schedule } = this.#state;
    for (let t = from; t < to; t++) {
      const row = order[t]!;
      const best = this.#search.nearest(data, row * features, this.#lastBest[row]!);
      this.#lastBest[row] = best;
      this.#update(row * features, best, schedule.sigmaAt(t), schedule.rateAt(t));
    }
  }

  #update(offset: number, best: number, sigma: number, learningRate: number): void {
    const { grid: { width, height }, features, weights, data } = this.#state;
    const alongY = this.#alongY;
    const bx = Math.floor(best / height);
    const by = best % height;
    const reach = Math.ceil(REACH_SIGMAS * sigma);
    const x0 = Math.max(0, bx - reach);
    const x1 = Math.min(width - 1, bx + reach);
    const y0 = Math.max(0, by - reach);
    const y1 = Math.min(height - 1, by + reach);
    const spread = 2 * sigma * sigma;
    for (let y = y0; y <= y1; y++) {
      alongY[y] = Math.exp(-(y - by) * (y - by) / spread) * learningRate;
    }
    for (let x = x0; x <= x1; x++) {
      const alongX = Math.exp(-(x - bx) * (x - bx) / spread);
      let p = (x * height + y0) * features;
      for (let y = y0; y <= y1; y++) {
        const strength = alongX * alongY[y]!;
        for (let d = 0; d < features; d++, p++) {
          const w = weights[p]!;
          weights[p] = w + strength * (data[offset + d]! - w);
        }
      }
    }
    const sample = { data, offset };
    for (let tx = Math.floor(x0 / TILE); tx <= Math.floor(x1 / TILE); tx++) {
      const dx = gap(bx, tx * TILE);
      const alongX = Math.exp(-dx * dx / spread) * learningRate;
      for (let ty = Math.floor(y0 / TILE); ty <= Math.floor(y1 / TILE); ty++) {
        const dy = gap(by, ty * TILE);
        const strength = alongX * Math.exp(-dy * dy / spread);
        this.#tiles.pull(weights, { tx, ty, strength }, sample);
      }
    }
  }
}

/** Neurons from a place to the nearest of a tile's side that starts at `start`; 0 inside. */
function gap(place: number, start: number): number {
  return Math.max(0, start - place, place - (start + TILE - 1));
}
