import type { CustomerMatrix } from "feira/features";
import type { SegmentationSettings } from "../fit/settings.ts";
import { takeRows } from "../fit/take_rows.ts";

/** A cheap training after which the worse settings are dropped. */
export interface Rung {
  /** The whole fall of the radius, in so many epochs. */
  readonly epochs: number;
  /** Trained on so many customers at most. */
  readonly customers: number;
  /** How many settings go on, at least 1. */
  readonly keep: number;
}

/**
 * Two rungs before full training: each keeps half of the settings and trains
 * four times as long as the one before. Measured in docs/tuning.md: after 20
 * epochs settings rank by score almost as they do after 320.
 *
 * Source: K. Jamieson and A. Talwalkar (2016), Non-stochastic best arm
 * identification and hyperparameter optimization; successive halving.
 */
export const RUNGS: readonly Rung[] = [
  { epochs: 20, customers: 20_000, keep: 8 },
  { epochs: 80, customers: 20_000, keep: 4 },
];

/** Enough to place three segments; the last training has the settings' own. */
const RESTARTS = 3;

/**
 * The settings as a rung trains them.
 *
 * @param customers that it trains on; online training sees each of them once an epoch
 */
export function toRungSettings(
  settings: SegmentationSettings,
  { epochs }: Rung,
  customers: number,
): SegmentationSettings {
  const { training, restarts } = settings;
  return {
    ...settings,
    training: training.kind === "online"
      ? { ...training, iterations: Math.min(training.iterations, epochs * customers) }
      : { ...training, epochs: Math.min(training.epochs, epochs) },
    restarts: Math.min(restarts, RESTARTS),
  };
}

/** How often a training sees every customer. */
export function epochsOf({ training }: SegmentationSettings, customers: number): number {
  return training.kind === "batch" ? training.epochs : training.iterations / customers;
}

/**
 * The customers that a rung trains on: all, or every n-th. Customers stand by an
 * id that says nothing about them, so that is as good as drawing them.
 */
export function toRungMatrix(matrix: CustomerMatrix, { customers }: Rung): CustomerMatrix {
  const { rows } = matrix;
  if (rows <= customers) return matrix;
  const taken = Array.from({ length: customers }, (_, i) => Math.floor(i * rows / customers));
  return takeRows(matrix, taken);
}
