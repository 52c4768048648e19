import { putColumns, takeColumns } from "../search/column_order.ts";
import { fillFactors } from "../_gaussian.ts";
import type { OnlineState } from "./state.ts";
import { Search } from "../search/search.ts";
import { TILE, Tiles } from "../search/tiles.ts";

/**
 * A weaker pull moves no weight by more than half a unit in the last place of
 * the greater of weight and value.
 */
const WEAKEST = { float64: 2 ** -55, float32: 2 ** -26 };

const keep = (value: number) => value;

/**
 * The hot loop of online training in plain TypeScript: the reference that
 * `OnlineKernel` equals bit for bit, and what runs where vectors are missing.
 *
 * Update of neuron n for sample x with best unit c at iteration t of T:
 * w_n += exp(-dx²/2σ²) · exp(-dy²/2σ²) · η · (x - w_n), where η and σ are
 * the schedule's (Kohonen 1982).
 */
export class OnlinePlain {
  readonly #state: OnlineState;
  readonly #weakest: number;
  /** Rounds every result as the precision does. */
  readonly #round: (value: number) => number;
  /** Weights and data with their columns in the state's order. */
  readonly #weights: Float64Array;
  readonly #data: Float64Array;
  readonly #tiles: Tiles;
  readonly #search: Search;
  readonly #lastBest: Int32Array;
  readonly #factors: Float64Array;

  constructor(state: OnlineState) {
    const { grid, features, columns, precision } = state;
    const data = takeColumns(state.data, columns);
    const weights = takeColumns(state.weights, columns);
    this.#state = state;
    this.#weakest = WEAKEST[precision];
    this.#round = precision === "float64" ? keep : Math.fround;
    this.#data = data.map(this.#round);
    this.#weights = weights;
    if (precision === "float32") weights.forEach((w, at) => weights[at] = Math.fround(w));
    this.#tiles = new Tiles(grid, features);
    this.#tiles.fit(weights);
    this.#search = new Search(this.#tiles, weights);
    this.#lastBest = new Int32Array(data.length / features).fill(-1);
    this.#factors = new Float64Array(Math.max(grid.width, grid.height) + 1);
  }

  /** Does iterations `from` to `to`, exclusive. */
  run(from: number, to: number): void {
    const { order, features, columns, weights, schedule } = this.#state;
    for (let t = from; t < to; t++) {
      const row = order[t]!;
      const best = this.#nearest(row * features, this.#lastBest[row]!);
      this.#lastBest[row] = best;
      this.#pull(row * features, best, { sigma: schedule.sigmaAt(t), rate: schedule.rateAt(t) });
    }
    if (to === order.length) weights.set(putColumns(this.#weights, columns));
  }

  #nearest(offset: number, warm: number): number {
    return this.#state.precision === "float64"
      ? this.#search.nearest(this.#data, offset, warm)
      : this.#nearestFloat32(offset);
  }

  /** By looking at every neuron: boxes know nothing of float32's rounding. */
  #nearestFloat32(offset: number): number {
    const { features } = this.#state;
    const data = this.#data;
    const weights = this.#weights;
    let best = 0;
    let bestSquared = Infinity;
    for (let neuron = 0, p = 0; p < weights.length; neuron++) {
      let squared = 0;
      for (let d = 0; d < features; d++, p++) {
        const difference = Math.fround(weights[p]! - data[offset + d]!);
        squared = Math.fround(squared + Math.fround(difference * difference));
      }
      if (squared < bestSquared) {
        bestSquared = squared;
        best = neuron;
      }
    }
    return best;
  }

  #pull(offset: number, best: number, { sigma, rate }: { sigma: number; rate: number }): void {
    const { grid: { width, height }, precision } = this.#state;
    const sample = { data: this.#data, offset };
    const round = this.#round;
    const factors = this.#factors;
    const reach = fillFactors(factors, sigma, this.#weakest / rate);
    const bx = Math.floor(best / height);
    const by = best % height;
    const roundedRate = round(rate);
    for (const [tx, nearX] of tilesWithin(bx, reach, width)) {
      for (const [ty, nearY] of tilesWithin(by, reach, height)) {
        const both = round(round(factors[nearX]!) * round(factors[nearY]!));
        const strength = round(both * roundedRate);
        if (strength < this.#weakest) continue;
        this.#pullTile({ tx, ty, bx, by }, offset, roundedRate);
        if (precision === "float32") continue;
        this.#tiles.pull(this.#weights, { tx, ty, strength }, sample);
      }
    }
  }

  #pullTile(
    { tx, ty, bx, by }: { tx: number; ty: number; bx: number; by: number },
    offset: number,
    rate: number,
  ): void {
    const { grid: { width, height }, features } = this.#state;
    const weights = this.#weights;
    const round = this.#round;
    const factors = this.#factors;
    const data = this.#data;
    const lastX = Math.min(width, (tx + 1) * TILE);
    const lastY = Math.min(height, (ty + 1) * TILE);
    for (let x = tx * TILE; x < lastX; x++) {
      const alongX = round(factors[Math.abs(x - bx)]!);
      let p = (x * height + ty * TILE) * features;
      for (let y = ty * TILE; y < lastY; y++) {
        const strength = round(round(alongX * round(factors[Math.abs(y - by)]!)) * rate);
        for (let d = 0; d < features; d++, p++) {
          const w = weights[p]!;
          weights[p] = round(w + round(strength * round(data[offset + d]! - w)));
        }
      }
    }
  }
}

/** Tiles along one side with a neuron at most `reach` from `place`, and how near their nearest is. */
function* tilesWithin(place: number, reach: number, length: number): Generator<[number, number]> {
  const first = Math.floor(Math.max(0, place - reach) / TILE);
  const last = Math.floor(Math.min(length - 1, place + reach) / TILE);
  for (let tile = first; tile <= last; tile++) {
    const start = tile * TILE;
    yield [tile, Math.max(0, start - place, place - (start + TILE - 1))];
  }
}
