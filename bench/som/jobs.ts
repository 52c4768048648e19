/**
 * The jobs of the map engine's bench, as both sides read them from JSON: our
 * `som/ours.ts` and the programs in `peers/`.
 */

/** The matrix that a job works on: a file of float64 numbers, row after row. */
export interface MatrixFile {
  readonly matrix: string;
  /** May be fewer than the file holds: then the first ones are meant. */
  readonly rows: number;
  readonly cols: number;
}

/** A file of a map's weights, neuron (x, y) at x · height + y. */
export interface MapFile {
  readonly weights: string;
  readonly width: number;
  readonly height: number;
}

export interface OnlineJob extends MatrixFile {
  readonly task: "online";
  readonly width: number;
  readonly height: number;
  readonly sigma: number;
  readonly learningRate: number;
  readonly iterations: number;
  readonly seed: number;
  readonly precision: "float64" | "float32";
  /** Where the weights go. */
  readonly out: string;
}

export interface BatchJob extends MatrixFile {
  readonly task: "batch";
  readonly width: number;
  readonly height: number;
  readonly epochs: number;
  readonly radiusStart: number;
  readonly radiusEnd: number;
  /** Weights to start from; without it a sheet over the first two principal components. */
  readonly start?: string;
  readonly out: string;
}

export interface ErrorsJob extends MatrixFile, MapFile {
  readonly task: "errors";
}

export interface SilhouetteJob extends MatrixFile {
  readonly task: "silhouette";
  /** A file of int32 numbers, one per row. */
  readonly labels: string;
  /** Of our distances; scikit-learn has one only. @default "float64" */
  readonly precision?: "float64" | "float32";
  /** Estimates from so many rows, against all; without it all rows are taken. */
  readonly sampleSize?: number;
}

/** K-means for every k of a range; the matrix is a map's weights. */
export interface ElbowJob extends MatrixFile {
  readonly task: "elbow";
  readonly from: number;
  readonly to: number;
  readonly restarts: number;
  readonly seed: number;
}

/** The segment of every row by k-means on a map's neurons. */
export interface LabelJob extends MatrixFile, MapFile {
  readonly task: "label";
  readonly k: number;
  readonly out: string;
}

export interface QualityJob extends MatrixFile {
  readonly task: "quality";
  readonly featureNames: readonly string[];
  readonly preset: "guide" | "tuned";
  /** At most so many iterations or epochs, and one setting only. */
  readonly quick?: { readonly iterations: number; readonly epochs: number };
}

export type SomJob =
  | OnlineJob
  | BatchJob
  | ErrorsJob
  | SilhouetteJob
  | ElbowJob
  | LabelJob
  | QualityJob;
