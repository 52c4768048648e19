import { FeiraError } from "feira/workspace";

/** Which notebooks a run is about: the front matter's jobs, or all. */
export type Job = "elt" | "segmentation" | "full";

/** The guide's three jobs by their full names, as schedulers know them. */
export const JOB_NAMES: Readonly<Record<string, Job>> = {
  python_elt_job: "elt",
  som_kmeans_segmentation_pipeline: "segmentation",
  full_data_ml_pipeline: "full",
};

const JOBS: Readonly<Record<string, Job>> = {
  elt: "elt",
  segmentation: "segmentation",
  full: "full",
  ...JOB_NAMES,
};

/**
 * A job from its short or its full name.
 *
 * @throws {FeiraError} `usage` for another one.
 */
export function toJob(name: string): Job {
  if (Object.hasOwn(JOBS, name)) return JOBS[name]!;
  throw new FeiraError(
    "usage",
    `Cannot run: --job is "${name}", must be one of ${Object.keys(JOBS).join(", ")}`,
  );
}

/** Whether a notebook with that job in its front matter belongs to the job. */
export function isOfJob(notebook: { readonly job: string }, job: Job): boolean {
  return job === "full" || notebook.job === job;
}
