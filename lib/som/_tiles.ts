import type { Grid } from "./types.ts";

/** Neurons along each side of a tile; 4 measured fastest of 2 to 8 at 80×40×12. */
export const TILE = 4;

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

  constructor({ width, height }: Grid, features: number) {
    this.width = width;
    this.height = height;
    this.features = features;
    this.across = Math.ceil(width / TILE);
    this.down = Math.ceil(height / TILE);
    this.box = new Float64Array(this.across * this.down * features * 2);
  }

  /** Fits the boxes of all tiles, or of those from `(x0, y0)` to `(x1, y1)` inclusive. */
  fit(weights: Float64Array, x0 = 0, y0 = 0, x1 = this.across - 1, y1 = this.down - 1): void {
    const { width, height, features, down, box } = this;
    for (let tx = x0; tx <= x1; tx++) {
      const lastX = Math.min(width, (tx + 1) * TILE);
      for (let ty = y0; ty <= y1; ty++) {
        const rowLength = (Math.min(height, (ty + 1) * TILE) - ty * TILE) * features;
        let at = (tx * down + ty) * features * 2;
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
    }
  }
}
