import type { Grid } from "../types.ts";

/** Neurons along each side of a tile; 4 measured fastest of 2 to 8 at 80×40×12. */
export const TILE = 4;

/** Sum of pulls after which a stretched box is fitted anew; measured, 0.1 to 0.5 are alike. */
const MOST_SLACK = 0.2;

/**
 * The grid cut into tiles of 4 × 4 neurons, each with the smallest box that
 * holds its neurons' weights. A box is never nearer to a sample than its
 * nearest neuron, so whole tiles can be passed over in a search.
 */
export class Tiles {
  readonly width: number;
  readonly height: number;
  readonly features: number;
  /** Tiles along x and along y. */
  readonly across: number;
  readonly down: number;
  /** `[tiles × features × 2]`: least and greatest weight. */
  readonly box: Float64Array;
  /** `[tiles]`: how far the boxes may have been stretched since they were fitted. */
  readonly #slack: Float64Array;

  constructor({ width, height }: Grid, features: number) {
    this.width = width;
    this.height = height;
    this.features = features;
    this.across = Math.ceil(width / TILE);
    this.down = Math.ceil(height / TILE);
    this.box = new Float64Array(this.across * this.down * features * 2);
    this.#slack = new Float64Array(this.across * this.down);
  }

  /** Fits the boxes of all tiles. */
  fit(weights: Float64Array): void {
    for (let tx = 0; tx < this.across; tx++) {
      for (let ty = 0; ty < this.down; ty++) this.fitTile(weights, tx, ty);
    }
  }

  fitTile(weights: Float64Array, tx: number, ty: number): void {
    const { width, height, features, down, box } = this;
    const lastX = Math.min(width, (tx + 1) * TILE);
    const rowLength = (Math.min(height, (ty + 1) * TILE) - ty * TILE) * features;
    let at = (tx * down + ty) * features * 2;
    this.#slack[tx * down + ty] = 0;
    for (let d = 0; d < features; d++, at += 2) {
      let least = Infinity;
      let most = -Infinity;
      for (let x = tx * TILE; x < lastX; x++) {
        const start = (x * height + ty * TILE) * features + d;
        for (let p = start; p < start + rowLength; p += features) {
          const w = weights[p]!;
          if (w < least) least = w;
          if (w > most) most = w;
        }
      }
      box[at] = least;
      box[at + 1] = most;
    }
  }

  /**
   * Adapts a tile's box after its weights moved towards a sample, each by at
   * most `strength` of its way.
   *
   * A weak pull only stretches the box: a weight ends between where it was and
   * the sample, so a side that the sample is beyond moves by `strength` of the
   * gap and the others can stay. That is far cheaper than fitting, and is done
   * until stretches add up to as much as would make the bound loose.
   */
  pull(
    weights: Float64Array,
    tile: { readonly tx: number; readonly ty: number; readonly strength: number },
    sample: { readonly data: Float64Array; readonly offset: number },
  ): void {
    const { tx, ty, strength } = tile;
    const { features, down, box } = this;
    const index = tx * down + ty;
    if ((this.#slack[index]! += strength) > MOST_SLACK) return this.fitTile(weights, tx, ty);
    const { data, offset } = sample;
    // A hair more than the pull: the weights' own rounding must stay inside.
    const stretch = strength * (1 + 1e-9);
    for (let d = 0, at = index * features * 2; d < features; d++, at += 2) {
      const value = data[offset + d]!;
      const least = box[at]!;
      if (value < least) box[at] = least - (least - value) * stretch - Math.abs(least) * 1e-15;
      else if (value > box[at + 1]!) {
        const most = box[at + 1]!;
        box[at + 1] = most + (value - most) * stretch + Math.abs(most) * 1e-15;
      }
    }
  }
}
