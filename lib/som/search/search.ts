import { TILE, type Tiles } from "./tiles.ts";

/**
 * Finds best-matching units exactly, passing over tiles whose box is farther
 * away than the best neuron so far.
 *
 * Rounding cannot break it: the bound adds up the features in the same order as
 * the distance, each term at most the distance's, and floating-point
 * subtraction, squaring and addition are monotone. Hence bound ≤ distance holds
 * for the computed numbers, not only for the true ones.
 *
 * Among equally distant neurons the one with the lowest flat index wins, as in
 * MiniSom.
 */
export class Search {
  /** Of the last search: flat indices and squared distances. */
  best = -1;
  bestSquared = Infinity;
  second = -1;
  secondSquared = Infinity;

  readonly #tiles: Tiles;
  readonly #weights: Float64Array;

  constructor(tiles: Tiles, weights: Float64Array) {
    this.#tiles = tiles;
    this.#weights = weights;
  }

  /**
   * The best unit for the sample at `offset` of `data`.
   *
   * @param warm a neuron to start from, such as the sample's last best unit: the
   * bound is then tight at once. -1 for none.
   */
  nearest(data: Float64Array, offset: number, warm: number): number {
    const { features, across, down, box, height } = this.#tiles;
    this.best = -1;
    this.bestSquared = Infinity;
    let warmTile = -1;
    if (warm >= 0) {
      const tx = Math.floor(Math.floor(warm / height) / TILE);
      const ty = Math.floor((warm % height) / TILE);
      warmTile = tx * down + ty;
      this.#look(data, offset, tx, ty);
    }
    let best = this.bestSquared;
    const boxLength = features * 2;
    for (let tx = 0, tile = 0, at = 0; tx < across; tx++) {
      for (let ty = 0; ty < down; ty++, tile++, at += boxLength) {
        let bound = 0;
        for (let d = 0, b = at; d < features; d++, b += 2) {
          const value = data[offset + d]!;
          const below = box[b]! - value;
          if (below > 0) {
            bound += below * below;
          } else {
            const above = value - box[b + 1]!;
            if (above > 0) bound += above * above;
          }
          if (bound > best) break;
        }
        if (bound > best || tile === warmTile) continue;
        this.#look(data, offset, tx, ty);
        best = this.bestSquared;
      }
    }
    return this.best;
  }

  /** The two best units; see the fields. `second` is -1 on a map of one neuron. */
  nearestTwo(data: Float64Array, offset: number): void {
    const { features, across, down, box } = this.#tiles;
    this.best = this.second = -1;
    this.bestSquared = this.secondSquared = Infinity;
    const boxLength = features * 2;
    for (let tx = 0, at = 0; tx < across; tx++) {
      for (let ty = 0; ty < down; ty++, at += boxLength) {
        let bound = 0;
        for (let d = 0, b = at; d < features; d++, b += 2) {
          const value = data[offset + d]!;
          const below = box[b]! - value;
          if (below > 0) {
            bound += below * below;
          } else {
            const above = value - box[b + 1]!;
            if (above > 0) bound += above * above;
          }
          if (bound > this.secondSquared) break;
        }
        if (bound <= this.secondSquared) this.#lookTwo(data, offset, tx, ty);
      }
    }
  }

  #look(data: Float64Array, offset: number, tx: number, ty: number): void {
    const { features, width, height } = this.#tiles;
    const weights = this.#weights;
    const lastX = Math.min(width, (tx + 1) * TILE);
    const lastY = Math.min(height, (ty + 1) * TILE);
    let best = this.bestSquared;
    for (let x = tx * TILE; x < lastX; x++) {
      let neuron = x * height + ty * TILE;
      let p = neuron * features;
      for (let y = ty * TILE; y < lastY; y++, neuron++, p += features) {
        let squared = 0;
        for (let d = 0; d < features; d++) {
          const difference = weights[p + d]! - data[offset + d]!;
          squared += difference * difference;
        }
        if (squared < best || (squared === best && (this.best < 0 || neuron < this.best))) {
          best = squared;
          this.best = neuron;
        }
      }
    }
    this.bestSquared = best;
  }

  #lookTwo(data: Float64Array, offset: number, tx: number, ty: number): void {
    const { features, width, height } = this.#tiles;
    const weights = this.#weights;
    const lastX = Math.min(width, (tx + 1) * TILE);
    const lastY = Math.min(height, (ty + 1) * TILE);
    for (let x = tx * TILE; x < lastX; x++) {
      let neuron = x * height + ty * TILE;
      let p = neuron * features;
      for (let y = ty * TILE; y < lastY; y++, neuron++, p += features) {
        let squared = 0;
        for (let d = 0; d < features; d++) {
          const difference = weights[p + d]! - data[offset + d]!;
          squared += difference * difference;
        }
        if (isNearer(squared, neuron, this.bestSquared, this.best)) {
          this.secondSquared = this.bestSquared;
          this.second = this.best;
          this.bestSquared = squared;
          this.best = neuron;
        } else if (isNearer(squared, neuron, this.secondSquared, this.second)) {
          this.secondSquared = squared;
          this.second = neuron;
        }
      }
    }
  }
}

function isNearer(squared: number, neuron: number, than: number, thanNeuron: number): boolean {
  return squared < than || (squared === than && (thanNeuron < 0 || neuron < thanNeuron));
}
