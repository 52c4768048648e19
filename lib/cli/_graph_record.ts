import { type GraphEdge, type PlannedNotebook, toEdges } from "feira/notebook";
import type { Workspace } from "feira/workspace";
import { isOfJob, JOB_NAMES } from "./_jobs.ts";

/** One notebook of {@linkcode GraphRecord}. */
export interface GraphNotebook {
  readonly name: string;
  readonly title: string;
  /** `elt` or `segmentation`. */
  readonly job: string;
  /** Names of the notebooks that write what this one reads. */
  readonly upstream: readonly string[];
  /** Paths from the workspace's root, or `dataset.table`, or `dataset.*`. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Those of `writes` that are tables. */
  readonly tables: readonly string[];
  readonly state: "fresh" | "stale";
  /** Why it is stale, `""` when it is fresh. */
  readonly why: string;
  /** Its last successful run, null where there is none. */
  readonly last: { readonly started: string; readonly seconds: number } | null;
}

/**
 * The graph for machines: what `deno task status --graph --json` prints. Notebooks
 * stand in the order of a run.
 */
export interface GraphRecord {
  readonly project: string;
  readonly warehouse: string;
  /** The notebooks of the guide's three jobs, by the jobs' full names. */
  readonly jobs: Readonly<Record<string, readonly string[]>>;
  readonly notebooks: readonly GraphNotebook[];
  readonly edges: readonly GraphEdge[];
}

/** A plan as its record. */
export function toGraphRecord(
  plan: readonly PlannedNotebook[],
  { project, engine }: Pick<Workspace, "project" | "engine">,
): GraphRecord {
  return {
    project,
    warehouse: engine,
    jobs: Object.fromEntries(
      Object.entries(JOB_NAMES).map(([name, job]) => [
        name,
        plan.filter((notebook) => isOfJob(notebook, job)).map((notebook) => notebook.name),
      ]),
    ),
    notebooks: plan.map(({ name, title, job, upstream, reads, writes, state, why, last }) => ({
      name,
      title,
      job,
      upstream,
      reads,
      writes,
      tables: writes.filter((resource) => !resource.includes("/")),
      state,
      why,
      last: last ?? null,
    })),
    edges: toEdges(plan),
  };
}
