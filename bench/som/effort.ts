/** How much work the map engine's bench does; both sides always do the same. */
export interface Effort {
  /** Of online training, against MiniSom and against numbasom. */
  readonly iterations: number;
  readonly fastestIterations: number;
  /** Of batch training. */
  readonly epochs: number;
  /** At most so many rows, for what takes MiniSom and scikit-learn long. */
  readonly errorRows: number;
  readonly silhouetteRows: number;
  /** Of k-means, for every k. */
  readonly restarts: number;
  /** Runs of each side, of which the fastest counts. */
  readonly tries: number;
  /** At most so many iterations and epochs of the two presets; without it, all of them. */
  readonly quality?: { readonly iterations: number; readonly epochs: number };
}

/** The whole work: ten to fifteen minutes on two cores, nearly all of it MiniSom's. */
export const FULL: Effort = {
  iterations: 1_000_000,
  fastestIterations: 1_000_000,
  epochs: 10,
  errorRows: Infinity,
  silhouetteRows: Infinity,
  restarts: 10,
  tries: 3,
};

/** About a minute on two cores. */
export const QUICK: Effort = {
  iterations: 20_000,
  fastestIterations: 50_000,
  epochs: 3,
  errorRows: 10_000,
  silhouetteRows: 10_000,
  restarts: 2,
  tries: 1,
  quality: { iterations: 100_000, epochs: 20 },
};
