export type { LongRun, Progress, ThreadedRun } from "feira/threads";

/**
 * A table of numbers: one flat array, row after row. The value of row `i` and
 * column `j` is `data[i * cols + j]`.
 */
export interface Matrix {
  /** `[rows × cols]`, row-major. */
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
}

/**
 * How a map's neurons stand: each with up to eight neighbours, or with up to six
 * that are all equally near; see {@linkcode neuronPositions}.
 */
export type Topology = "rectangular" | "hexagonal";

/** How many neurons a map has in each direction of its grid, and how they stand. */
export interface Grid {
  /** Neurons along x; MiniSom's first argument. */
  readonly width: number;
  /** Neurons along y; MiniSom's second argument. */
  readonly height: number;
  /** @default "rectangular" */
  readonly topology?: Topology;
}

/**
 * A trained map. Neuron (x, y) has the flat index `x * height + y`, as MiniSom's
 * (i, j) in a flattened weight array.
 */
export interface SomMap extends Grid {
  /** `[width × height × features]`: a codebook vector per neuron. */
  readonly weights: Float64Array;
  /** Length of a codebook vector. */
  readonly features: number;
}
