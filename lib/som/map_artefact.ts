import type { SomMap } from "./types.ts";

/** A trained map with all that is needed to use it again, and to say what it is. */
export interface MapArtefact {
  /** Weights and grid. */
  readonly map: SomMap;
  /** Of the matrix's columns, in their order; each once. */
  readonly featureNames: readonly string[];
  /** What turned raw values into the map's units; plain data. */
  readonly scaler: unknown;
  /** The settings it was trained with; plain data. */
  readonly settings: unknown;
  /** Of the training. */
  readonly seed: number;
  /** Of the matrix it was trained on. */
  readonly dataFingerprint: string;
  /** Measured when it was trained, by name; finite. */
  readonly metrics: Readonly<Record<string, number>>;
}
