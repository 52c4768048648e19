import { systemEffects } from "feira/workspace";
import { executedPathOf, fingerprintsOf, gather, type Ingredients } from "./evaluate.ts";
import type { GraphNode } from "../graph.ts";
import type { Notebook } from "../notebook.ts";
import type { Outlook } from "../plan_run.ts";
import { hashProse } from "./prose.ts";
import { type NotebookRun, runNotebook } from "../run_notebook.ts";
import type { PipelineOptions, Transaction } from "../run_pipeline.ts";
import { saveState } from "./state.ts";

/**
 * A notebook's turn in a run. Only `execute` may go on beside other turns: what
 * `begin`, `keep` and `undo` touch is shared by all.
 */
export class Turn {
  readonly node: GraphNode;
  readonly why: string;
  readonly #outlook: Outlook;
  readonly #options: PipelineOptions;
  readonly #ingredients: Ingredients;
  readonly #started: string;
  readonly #work: Transaction | undefined;

  private constructor(
    node: GraphNode,
    context: {
      why: string;
      outlook: Outlook;
      options: PipelineOptions;
      ingredients: Ingredients;
      started: string;
      work: Transaction | undefined;
    },
  ) {
    this.node = node;
    this.why = context.why;
    this.#outlook = context.outlook;
    this.#options = context.options;
    this.#ingredients = context.ingredients;
    this.#started = context.started;
    this.#work = context.work;
  }

  /** Takes stock of what the notebook depends on, and begins its transaction. */
  static async begin(
    node: GraphNode,
    context: { why: string; outlook: Outlook; options: PipelineOptions },
  ): Promise<Turn> {
    const { outlook: { state, senses }, options } = context;
    const { transaction, stateFile, effects = systemEffects } = options;
    const { notebook } = node;
    const ingredients = await gather(node, senses);
    const started = effects.now().toString({ smallestUnit: "second" });
    // From here its executed copy and its outputs may be another run's.
    const last = state.notebooks[notebook.name];
    if (last) state.notebooks[notebook.name] = { ...last, failed: true };
    await saveState(stateFile, state);
    const work = await transaction?.(notebook);
    return new Turn(node, { ...context, ingredients, started, work });
  }

  /** Runs the notebook. Rejects with the signal's reason when that fires. */
  execute(signal: AbortSignal): Promise<NotebookRun> {
    const { notebook } = this.node;
    const { env, parameters = {}, onEvent, cellTimeoutSeconds, effects } = this.#options;
    return runNotebook(notebook, {
      executedPath: executedPathOf(notebook, this.#outlook.senses.executedDir),
      parameters: ownParameters(notebook, parameters),
      env: { ...env, ...this.#work?.env },
      onEvent,
      signal,
      cellTimeoutSeconds,
      effects,
    });
  }

  /** Commits, and remembers the run. */
  async keep({ seconds }: NotebookRun): Promise<void> {
    const { state, senses } = this.#outlook;
    await this.#work?.commit();
    senses.fingerprints.forget();
    state.notebooks[this.node.notebook.name] = {
      started: this.#started,
      seconds,
      prose: hashProse(this.node.notebook),
      ...this.#ingredients,
      writes: await fingerprintsOf(this.node.writes, senses.fingerprints),
    };
    await saveState(this.#options.stateFile, state);
  }

  /** Rolls back; the notebook stays marked as one whose last run did not succeed. */
  async undo(): Promise<void> {
    this.#outlook.senses.fingerprints.forget();
    await this.#work?.rollback();
  }
}

function ownParameters<V>(
  notebook: Notebook,
  given: Readonly<Record<string, V>>,
): Record<string, V> {
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => notebook.parameters.some((p) => p.name === name)),
  );
}
