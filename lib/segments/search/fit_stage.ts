import type { CustomerMatrix } from "feira/features";
import type { Progress } from "feira/som";
import { type FitOrLoad, fitOrLoad } from "../fit/fit_or_load.ts";
import { type FitOptions, fitSegmentation } from "../fit/fit_segmentation.ts";
import type { SegmentationSettings } from "../fit/settings.ts";

/** How far settings are trained: number of the rung, from 1, or in full. */
export type Stage = number | "full";

/** What is being fitted, and how far it is. */
export interface SearchProgress extends Progress {
  readonly name: string;
  readonly stage: Stage;
}

/** How one setting is fitted. */
export type Fit = (
  matrix: CustomerMatrix,
  settings: SegmentationSettings,
  options: FitOptions,
) => Promise<FitOrLoad>;

/** How all settings of a search are fitted. */
export interface FitSpec {
  /** Where fits are kept and found again; without it none is kept. */
  dir?: string;
  /** Takes the place of fitting, in tests. */
  fit?: Fit;
  onProgress?: (progress: SearchProgress) => void;
  signal?: AbortSignal;
}

/** Fits settings, or takes the fit that was kept, and tells of it. */
export type FitStage = (
  matrix: CustomerMatrix,
  settings: SegmentationSettings,
  stage: Stage,
) => Promise<FitOrLoad>;

/** What fits one setting after the other. */
export function toFit(
  { dir, fit = toDefault(dir), onProgress, signal }: FitSpec,
): FitStage {
  return (matrix, settings, stage) => {
    signal?.throwIfAborted();
    const { name } = settings;
    return fit(matrix, settings, {
      // A rung ranks by the score, and leaves out what only a reader of the elbow needs.
      withElbow: stage === "full",
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined
        ? {}
        : { onProgress: (progress: Progress) => onProgress({ ...progress, name, stage }) }),
    });
  };
}

function toDefault(dir: string | undefined): Fit {
  return dir === undefined
    ? async (...fit) => ({ segmentation: await fitSegmentation(...fit), reused: false })
    : (matrix, settings, options) => fitOrLoad(matrix, settings, { ...options, dir });
}
