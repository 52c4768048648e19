import type { RankedRows, Ranks } from "./ranks.ts";
import { fourfoldSquaredDistance } from "../geometry.ts";
import type { Grid } from "../types.ts";

/** Ranks of all rows by their best units' distance from one row's on the grid; O(neurons) to centre. */
export class GridRanks implements RankedRows {
  readonly #grid: Grid;
  readonly #bmu: Int32Array;
  /** Neurons that are some row's best unit, and of how many. */
  readonly #hits: readonly (readonly [neuron: number, rows: number])[];
  /** `[neurons]`: ranks of the rows of each. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  #row = -1;
  #centre = -1;

  constructor(grid: Grid, bmu: Int32Array) {
    this.#grid = grid;
    this.#bmu = bmu;
    const hits = new Map<number, number>();
    for (const neuron of bmu) hits.set(neuron, (hits.get(neuron) ?? 0) + 1);
    this.#hits = [...hits];
    this.#first = new Int32Array(grid.width * grid.height);
    this.#last = new Int32Array(grid.width * grid.height);
  }

  /** Costs nothing when the row's best unit is the last one's. */
  centre(row: number): void {
    this.#row = row;
    const centre = this.#bmu[row]!;
    if (centre === this.#centre) return;
    this.#centre = centre;
    const rings = new Map<number, { neurons: number[]; rows: number }>();
    for (const [neuron, rows] of this.#hits) {
      const distance = fourfoldSquaredDistance(this.#grid, centre, neuron);
      const ring = rings.get(distance) ?? { neurons: [], rows: 0 };
      ring.neurons.push(neuron);
      // The row itself is no neighbour of its own.
      ring.rows += neuron === centre ? rows - 1 : rows;
      rings.set(distance, ring);
    }
    let before = 0;
    for (const [, { neurons, rows }] of [...rings].sort(([a], [b]) => a - b)) {
      for (const neuron of neurons) {
        this.#first[neuron] = before + 1;
        this.#last[neuron] = before + rows;
      }
      before += rows;
    }
  }

  nearest(k: number): number[] {
    const rows: number[] = [];
    this.#bmu.forEach((neuron, row) => {
      if (row !== this.#row && this.#first[neuron]! <= k) rows.push(row);
    });
    return rows;
  }

  ranksOf(rows: readonly number[]): Ranks[] {
    return rows.map((row) => {
      const neuron = this.#bmu[row]!;
      return { first: this.#first[neuron]!, last: this.#last[neuron]! };
    });
  }
}
