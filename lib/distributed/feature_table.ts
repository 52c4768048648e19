import type { Scaler } from "feira/features";

/** A table or view of numeric columns, one row for each thing that is described. */
export interface FeatureTable {
  readonly dataset: string;
  readonly table: string;
  /** Its numeric columns that count; at least one. */
  readonly features: readonly string[];
}

/**
 * The same, seen through a scaler: its features as z-scores,
 * (value − mean) / scale. A scaler of means 0 and scales 1 leaves them as they are.
 */
export interface ScaledTable {
  readonly dataset: string;
  readonly table: string;
  /** Names the columns, too. */
  readonly scaler: Scaler;
}
