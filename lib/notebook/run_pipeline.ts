import type { CellError } from "./cell_error.ts";
import type { Notebook } from "./notebook.ts";
import type { NotebookEvent } from "./notebook_event.ts";
import { openOutlook, type PlannedNotebook, type PlanOptions, planWith } from "./plan_run.ts";
import { runSideBySide } from "./plan/side_by_side.ts";
import { saveState } from "./plan/state.ts";

/** What happens while a pipeline runs, for a live view. */
export type PipelineEvent =
  | NotebookEvent
  | { readonly type: "plan"; readonly notebooks: readonly PlannedNotebook[] }
  | {
    readonly type: "notebook started";
    readonly notebook: string;
    readonly title: string;
    /** Counted from 1 among all notebooks. */
    readonly index: number;
    readonly total: number;
    readonly why: string;
  }
  | ({ readonly type: "notebook finished"; readonly notebook: string } & NotebookResult);

/** What surrounds one notebook's run: nothing of it is published before `commit`. */
export interface Transaction {
  /** Environment variables for the notebook's kernel. */
  readonly env?: Readonly<Record<string, string>>;
  readonly commit: () => Promise<void> | void;
  readonly rollback: () => Promise<void> | void;
}

/** How to run a pipeline. */
export interface PipelineOptions extends PlanOptions {
  /** Environment variables for every kernel, over those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** How many notebooks may be at work at the same time. @default 1 */
  readonly jobs?: number | undefined;
  /** Called with the plan before anything runs; when it rejects, nothing does. */
  readonly prepare?: ((plan: readonly PlannedNotebook[]) => Promise<void>) | undefined;
  /**
   * Called before a notebook runs. Of notebooks that write tables one is in its
   * transaction at a time; begin, commit and rollback are never called at once.
   */
  readonly transaction?: ((notebook: Notebook) => Promise<Transaction> | Transaction) | undefined;
  readonly onEvent?: ((event: PipelineEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly cellTimeoutSeconds?: number | undefined;
}

/** What became of one notebook. */
export interface NotebookResult {
  readonly name: string;
  readonly title: string;
  readonly state: "ran" | "fresh" | "failed" | "skipped";
  readonly seconds: number;
  /** Why it ran, or why it was skipped; `""` when it is fresh and nothing changed. */
  readonly why: string;
  readonly error?: CellError;
}

/** What became of the pipeline. */
export interface PipelineResult {
  /** In the order of the graph, whichever ended first. */
  readonly notebooks: readonly NotebookResult[];
  /** How things stand afterwards. */
  readonly after: readonly PlannedNotebook[];
  /** Without the look at how things stand afterwards. */
  readonly seconds: number;
}

/**
 * Runs the notebooks that are stale, in order, each looked at when its turn
 * comes: one whose upstream made the same again stays fresh. Starts nothing more
 * after one that fails; what ran before it, or was at work beside it, is kept. A
 * notebook whose prose alone changed gets it into its executed copy without
 * being run.
 *
 * @throws {FeiraError} as {@linkcode planRun} does.
 * @throws {RangeError} when `jobs` is no whole number from 1.
 * @throws the signal's reason when it fires; the notebooks that were cut are
 * rolled back.
 */
export async function runPipeline(options: PipelineOptions): Promise<PipelineResult> {
  const { onEvent, stateFile, jobs = 1 } = options;
  if (!Number.isSafeInteger(jobs) || jobs < 1) {
    throw new RangeError(`Cannot run: jobs is ${jobs}, must be a whole number from 1`);
  }
  const start = performance.now();
  const outlook = await openOutlook(options);
  const plan = await planWith(outlook);
  onEvent?.({ type: "plan", notebooks: plan });
  await options.prepare?.(plan);
  const { graph, state } = outlook;
  for (const name of Object.keys(state.notebooks)) {
    if (!graph.some((node) => node.notebook.name === name)) delete state.notebooks[name];
  }
  const notebooks = await runSideBySide(outlook, options);
  await saveState(stateFile, state);
  const seconds = Math.round(performance.now() - start) / 1000;
  return { notebooks, after: await planWith({ ...outlook, forced: new Map() }), seconds };
}
