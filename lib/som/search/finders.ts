import { leastScore, type Score } from "../_scores.ts";
import { Search } from "./search.ts";
import { TILE, Tiles } from "./tiles.ts";
import type { SomMap } from "../types.ts";

/** Columns and rows of neurons, the last ones included. */
export interface Window {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** Finds best units among weights that change. */
export interface Finder {
  /**
   * The best unit of the row at `offset` of the data, -1 when no neuron's
   * distance is a number.
   *
   * @param warm a neuron that may be it, -1 for none
   */
  nearest(offset: number, warm: number): number;
  /** To be told whose weights have changed. */
  moved(window: Window): void;
}

/** Compares with every neuron, by any distance. */
export function scanning({ width, height, features }: SomMap, score: Score): Finder {
  const neurons = width * height;
  return {
    nearest: (offset, warm) => leastScore(score, { neurons, features, offset, warm }),
    moved: () => {},
  };
}

/** Passes over tiles of neurons that cannot hold the nearest, by the euclidean distance. */
export function pruning(map: SomMap, data: Float64Array): Finder {
  const { weights, features } = map;
  const tiles = new Tiles(map, features);
  tiles.fit(weights);
  const search = new Search(tiles, weights);
  return {
    nearest: (offset, warm) => search.nearest(data, offset, warm),
    moved({ x0, x1, y0, y1 }) {
      for (let tx = Math.floor(x0 / TILE); tx <= Math.floor(x1 / TILE); tx++) {
        for (let ty = Math.floor(y0 / TILE); ty <= Math.floor(y1 / TILE); ty++) {
          tiles.fitTile(weights, tx, ty);
        }
      }
    },
  };
}
