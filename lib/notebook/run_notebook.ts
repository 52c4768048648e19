import { type Effects, systemEffects, writeFileBeside } from "feira/workspace";
import type { CellError } from "./cell_error.ts";
import { CellRun } from "./jupyter/cell_run.ts";
import { formatNotebook } from "./format_notebook.ts";
import type { Notebook } from "./notebook.ts";
import type { NotebookEvent } from "./notebook_event.ts";
import { checkGivenParameters, type GivenParameters, type ParameterValue } from "./parameters.ts";
import { readNotebook } from "./read_notebooks.ts";

/** How to run a notebook; only where its executed copy goes must be said. */
export interface RunNotebookOptions {
  /** Where the executed copy goes; never the source. */
  readonly executedPath: string;
  /** Values for its `parameters` cell. Default: none, its own defaults hold. */
  readonly parameters?: GivenParameters | undefined;
  /** Environment variables over those of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly onEvent?: ((event: NotebookEvent) => void) | undefined;
  /** Ends the kernel and all it started. */
  readonly signal?: AbortSignal | undefined;
  /** How long one cell may take; default: no limit. */
  readonly cellTimeoutSeconds?: number | undefined;
  /** How much text one cell keeps, and how much of displays, in characters. @default 10 million */
  readonly outputLimit?: number | undefined;
  /** How much memory its kernel may take; see {@linkcode Kernel}. */
  readonly memoryLimitBytes?: number | undefined;
  readonly effects?: Effects | undefined;
}

/** How a notebook's run ended. */
export interface NotebookRun {
  readonly notebook: string;
  readonly state: "ran" | "failed";
  readonly seconds: number;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly cells: readonly {
    readonly cell: number;
    readonly title: string;
    readonly state: "ok" | "failed";
    readonly seconds: number;
  }[];
  readonly executedPath: string;
  /** Exactly when `state` is `failed`. */
  readonly error?: CellError;
}

/**
 * Executes a notebook's code cells in order in a kernel of its own, whose
 * working folder is the notebook's, and writes the executed copy, also when a
 * cell failed. Stops at the first cell that fails, unless it is tagged
 * `raises-exception`. The source is not touched.
 *
 * @param source its path, or the notebook as read.
 * @throws {NotebookError} when the file is no valid notebook.
 * @throws {FeiraError} `usage` when a given parameter is unknown or ill-typed,
 * or when the executed copy would go over the source.
 * @throws the signal's reason when it fires; the copy then ends at that cell.
 */
export async function runNotebook(
  source: string | Notebook,
  options: RunNotebookOptions,
): Promise<NotebookRun> {
  const notebook = typeof source === "string" ? await readNotebook(source) : source;
  const { executedPath, effects = systemEffects } = options;
  if (executedPath === notebook.path) {
    throw new TypeError(`Cannot run ${notebook.path}: executedPath is its own, must be another`);
  }
  checkGivenParameters([notebook], options.parameters ?? {});
  const run = new CellRun(notebook, options);
  const started = effects.now();
  const seconds = () => Math.round(effects.now().since(started).total("milliseconds")) / 1000;
  const write = (state: string) =>
    writeFileBeside(
      executedPath,
      formatNotebook({
        cells: run.cells,
        metadata: {
          ...notebook.metadata,
          feira: {
            state,
            parameters: run.parameters,
            ...(run.error ? { error: toErrorRecord(run.error) } : {}),
            // All that another run of the same code on the same data may have otherwise.
            provenance: {
              started: started.toString({ smallestUnit: "second" }),
              seconds: seconds(),
              cells: run.timings.map(({ seconds }) => seconds),
              deno: Deno.version.deno,
            },
          },
        },
      }),
    );
  try {
    await run.execute();
  } catch (error) {
    await write(options.signal?.aborted ? "aborted" : "failed");
    throw error;
  }
  const state = run.error ? "failed" : "ran";
  await write(state);
  return {
    notebook: notebook.name,
    state,
    seconds: seconds(),
    parameters: run.parameters,
    cells: run.timings,
    executedPath,
    ...(run.error ? { error: run.error } : {}),
  };
}

function toErrorRecord(error: CellError) {
  const { cell, position, title, line, column, kind, errorName, message } = error;
  return { cell, position, title, line, column, kind, name: errorName, message };
}
