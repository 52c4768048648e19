import type { Finder } from "../search/finders.ts";
import type { Neighbourhood } from "../_neighbourhood.ts";
import type { Schedule } from "../_schedule.ts";

/** What the loop works on; the weights are changed in place. */
export interface GeneralState {
  readonly features: number;
  /** `[neurons × features]` */
  readonly weights: Float64Array;
  /** `[rows × features]` */
  readonly data: Float64Array;
  /** `[iterations]`: the row that each iteration sees. */
  readonly order: Int32Array;
  readonly height: number;
  readonly schedule: Schedule;
  readonly neighbourhood: Neighbourhood;
  readonly finder: Finder;
  /** Rows that have a given best unit. */
  readonly fixedUnits: ReadonlyMap<number, number>;
}

/**
 * Online training with any grid, neighbourhood, distance and fixed units; `run`
 * does iterations `from` to `to` (exclusive).
 *
 * Update of neuron n for sample x with best unit c at iteration t:
 * w_n += h(c, n, σ_t) · η_t · (x - w_n).
 */
export class GeneralOnline {
  readonly #state: GeneralState;
  readonly #lastBest: Int32Array;

  constructor(state: GeneralState) {
    this.#state = state;
    this.#lastBest = new Int32Array(state.data.length / state.features).fill(-1);
  }

  /** @throws {RangeError} when the weights have grown beyond float64, as a mexican hat can make them */
  run(from: number, to: number): void {
    const { order, features, neighbourhood, finder, schedule } = this.#state;
    for (let t = from; t < to; t++) {
      const row = order[t]!;
      const best = this.#bestOf(row);
      if (best < 0) {
        throw new RangeError(
          `Cannot train map: weights are no numbers at iteration ${t}, must stay finite; the neighbourhood's strength times the learning rate is too great`,
        );
      }
      neighbourhood.centre(best, schedule.sigmaAt(t));
      this.#update(row * features, schedule.rateAt(t));
      finder.moved(neighbourhood);
    }
  }

  #bestOf(row: number): number {
    const { features, finder, fixedUnits } = this.#state;
    const best = fixedUnits.get(row) ?? finder.nearest(row * features, this.#lastBest[row]!);
    this.#lastBest[row] = best;
    return best;
  }

  #update(offset: number, rate: number): void {
    const { height, features, weights, data, neighbourhood } = this.#state;
    const { x0, x1, y0, y1, strengths } = neighbourhood;
    for (let x = x0; x <= x1; x++) {
      let neuron = x * height + y0;
      let p = neuron * features;
      for (let y = y0; y <= y1; y++, neuron++) {
        const strength = strengths[neuron]! * rate;
        for (let d = 0; d < features; d++, p++) {
          const w = weights[p]!;
          weights[p] = w + strength * (data[offset + d]! - w);
        }
      }
    }
  }
}
