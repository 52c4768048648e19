import { type Effects, systemEffects } from "feira/workspace";
import type { CellError } from "./cell_error.ts";
import { executedPathOf, fingerprintsOf, gather, maybeStale } from "./_evaluate.ts";
import type { GraphNode } from "./graph.ts";
import type { Notebook } from "./notebook.ts";
import {
  openOutlook,
  type Outlook,
  type PlannedNotebook,
  type PlanOptions,
  planWith,
} from "./plan_run.ts";
import type { NotebookEvent } from "./notebook_event.ts";
import { type NotebookRun, runNotebook } from "./run_notebook.ts";
import { saveState } from "./_state.ts";

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
  /** Called before a notebook runs. */
  readonly transaction?: ((notebook: Notebook) => Promise<Transaction> | Transaction) | undefined;
  readonly onEvent?: ((event: PipelineEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly cellTimeoutSeconds?: number | undefined;
  readonly effects?: Effects | undefined;
}

/** What became of one notebook. */
export interface NotebookResult {
  readonly name: string;
  readonly title: string;
  readonly state: "ran" | "fresh" | "failed" | "skipped";
  readonly seconds: number;
  /** Why it ran, or why it was skipped; `""` when it is fresh. */
  readonly why: string;
  readonly error?: CellError;
}

/** What became of the pipeline. */
export interface PipelineResult {
  readonly notebooks: readonly NotebookResult[];
  readonly seconds: number;
}

/**
 * Runs the notebooks that are stale, in order, each looked at when its turn
 * comes: one whose upstream made the same again stays fresh. Stops at the first
 * that fails; what ran before it stays fresh.
 *
 * @throws {FeiraError} as {@linkcode planRun} does.
 * @throws the signal's reason when it fires; the notebook that was cut is rolled
 * back.
 */
export async function runPipeline(options: PipelineOptions): Promise<PipelineResult> {
  const { onEvent, signal, stateFile } = options;
  const start = performance.now();
  const outlook = await openOutlook(options);
  const { graph, state, senses, concerned, forced } = outlook;
  onEvent?.({ type: "plan", notebooks: await planWith(outlook) });
  const results: NotebookResult[] = [];
  const finish = (result: NotebookResult) => {
    results.push(result);
    onEvent?.({ type: "notebook finished", notebook: result.name, ...result });
  };
  let failed: string | undefined;
  for (const [i, node] of graph.entries()) {
    signal?.throwIfAborted();
    const { name, title } = node.notebook;
    const skip = failed ? `${failed} failed` : concerned.has(name) ? undefined : "not selected";
    if (skip !== undefined) {
      finish({ name, title, state: "skipped", seconds: 0, why: skip });
      continue;
    }
    const why = forced.get(name) ?? await maybeStale(node, state.notebooks[name], senses) ?? "";
    if (why === "") {
      finish({ name, title, state: "fresh", seconds: 0, why });
      continue;
    }
    onEvent?.({
      type: "notebook started",
      notebook: name,
      title,
      index: i + 1,
      total: graph.length,
      why,
    });
    const run = await runInTransaction(node, outlook, options);
    finish({
      name,
      title,
      state: run.state,
      seconds: run.seconds,
      why,
      ...(run.error ? { error: run.error } : {}),
    });
    if (run.state === "failed") failed = name;
  }
  await saveState(stateFile, state);
  return { notebooks: results, seconds: Math.round(performance.now() - start) / 1000 };
}

async function runInTransaction(
  node: GraphNode,
  { state, senses }: Outlook,
  options: PipelineOptions,
): Promise<NotebookRun> {
  const { env, transaction, stateFile, executedDir, effects = systemEffects } = options;
  const { notebook } = node;
  const ingredients = await gather(node, senses);
  const started = effects.now().toString({ smallestUnit: "second" });
  // From here its executed copy and its outputs may be another run's.
  const last = state.notebooks[notebook.name];
  if (last) state.notebooks[notebook.name] = { ...last, failed: true };
  await saveState(stateFile, state);
  const work = await transaction?.(notebook);
  let run: NotebookRun;
  try {
    run = await runNotebook(notebook, {
      executedPath: executedPathOf(notebook, executedDir),
      parameters: ownParameters(notebook, options.parameters ?? {}),
      env: { ...env, ...work?.env },
      onEvent: options.onEvent,
      signal: options.signal,
      cellTimeoutSeconds: options.cellTimeoutSeconds,
      effects,
    });
    if (run.state === "ran") await work?.commit();
  } catch (error) {
    await work?.rollback();
    throw error;
  } finally {
    senses.fingerprints.forget();
  }
  if (run.state === "failed") {
    await work?.rollback();
    return run;
  }
  state.notebooks[notebook.name] = {
    started,
    seconds: run.seconds,
    ...ingredients,
    writes: await fingerprintsOf(node.writes, senses.fingerprints),
  };
  await saveState(stateFile, state);
  return run;
}

function ownParameters<V>(
  notebook: Notebook,
  given: Readonly<Record<string, V>>,
): Record<string, V> {
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => notebook.parameters.some((p) => p.name === name)),
  );
}
