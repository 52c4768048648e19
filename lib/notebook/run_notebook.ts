import { dirname } from "node:path";
import { type Effects, systemEffects, writeFileBeside } from "feira/workspace";
import { CellError } from "./cell_error.ts";
import { explainFailure } from "./_explain.ts";
import { formatNotebook } from "./format_notebook.ts";
import { type ExecutionError, Kernel } from "./kernel.ts";
import { type Cell, type Notebook, tagsOf, titleOfCell } from "./notebook.ts";
import { type Displays, OutputCollector } from "./_outputs.ts";
import {
  checkGivenParameters,
  type GivenParameters,
  type ParameterValue,
  resolveParameters,
} from "./parameters.ts";
import { readNotebook } from "./read_notebooks.ts";

/** What happens while a notebook runs, for a live view. */
export type NotebookEvent =
  | {
    readonly type: "cell started";
    readonly notebook: string;
    /** Counted from 1 among the code cells. */
    readonly cell: number;
    readonly total: number;
    readonly title: string;
  }
  | {
    readonly type: "output";
    readonly notebook: string;
    readonly cell: number;
    readonly stream: "stdout" | "stderr";
    readonly text: string;
  }
  | {
    readonly type: "cell finished";
    readonly notebook: string;
    readonly cell: number;
    readonly total: number;
    readonly title: string;
    readonly state: "ok" | "failed";
    readonly seconds: number;
  };

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
  /** How many bytes of outputs one cell keeps; default 10 MB. */
  readonly outputLimitBytes?: number | undefined;
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

const OUTPUT_LIMIT_BYTES = 10_000_000;

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
  const run = new Run(notebook, options);
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
            started: started.toString({ smallestUnit: "second" }),
            seconds: seconds(),
            state,
            parameters: run.parameters,
            ...(run.error ? { error: toErrorRecord(run.error) } : {}),
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

/** One execution: the cells as they fill up. */
class Run {
  readonly cells: Cell[];
  readonly parameters: Record<string, ParameterValue>;
  readonly timings: NotebookRun["cells"][number][] = [];
  error: CellError | undefined;
  readonly #notebook: Notebook;
  readonly #options: RunNotebookOptions;
  readonly #displays: Displays = new Map();

  constructor(notebook: Notebook, options: RunNotebookOptions) {
    this.#notebook = notebook;
    this.#options = options;
    const given = options.parameters ?? {};
    this.parameters = resolveParameters(notebook.parameters, given);
    this.cells = toCells(notebook, Object.keys(given).length > 0 ? this.parameters : {});
  }

  async execute(): Promise<void> {
    const { env, signal, onEvent } = this.#options;
    const total = this.#notebook.cells.filter(isCode).length;
    await using kernel = await Kernel.start({
      cwd: dirname(this.#notebook.path),
      ...(env ? { env } : {}),
      signal,
    });
    let cell = 0;
    for (const [index, present] of this.cells.entries()) {
      if (!isCode(present) || present.source.trim() === "") {
        if (isCode(present)) cell++;
        continue;
      }
      const isInjected = tagsOf(present).includes("injected-parameters");
      if (!isInjected) cell++;
      const title = titleOfCell(this.cells, index);
      const about = { notebook: this.#notebook.name, cell, total, title };
      if (!isInjected) onEvent?.({ type: "cell started", ...about });
      const start = performance.now();
      const error = await this.#executeCell(kernel, { index, cell, title });
      const state = error ? "failed" as const : "ok" as const;
      const seconds = Math.round(performance.now() - start) / 1000;
      this.error = error;
      if (isInjected && !error) continue;
      this.timings.push({ cell, title, state, seconds });
      onEvent?.({ type: "cell finished", ...about, state, seconds });
      if (error) return;
    }
  }

  /** Runs one cell and fills it in; the error if it failed and was not meant to. */
  async #executeCell(
    kernel: Kernel,
    { index, cell, title }: { index: number; cell: number; title: string },
  ): Promise<CellError | undefined> {
    const { onEvent, cellTimeoutSeconds, outputLimitBytes = OUTPUT_LIMIT_BYTES } = this.#options;
    const present = this.cells[index]!;
    const collector = new OutputCollector(this.#displays, outputLimitBytes);
    let isLate = false;
    const timer = cellTimeoutSeconds === undefined ? undefined : setTimeout(() => {
      isLate = true;
      kernel.kill();
    }, cellTimeoutSeconds * 1000);
    let executionCount: number | null = null;
    let error: ExecutionError | undefined;
    try {
      const execution = await kernel.execute(present.source, (message) => {
        collector.add(message);
        if (message.type !== "stream") return;
        const stream = message.content.name === "stderr" ? "stderr" : "stdout";
        const text = String(message.content.text);
        onEvent?.({ type: "output", notebook: this.#notebook.name, cell, stream, text });
      });
      executionCount = execution.executionCount;
      error = execution.error;
    } catch (cause) {
      if (this.#options.signal?.aborted) throw cause;
      const message = isLate
        ? `Cannot go on: the cell took longer than ${cellTimeoutSeconds} s, must end earlier`
        : (cause as Error).message;
      error = { name: isLate ? "TimeoutError" : "KernelDeath", message, traceback: [] };
    } finally {
      clearTimeout(timer);
      this.cells[index] = {
        ...present,
        execution_count: executionCount,
        outputs: collector.finish(),
      };
    }
    const isExpected = tagsOf(present).includes("raises-exception") && executionCount !== null;
    if (error === undefined) return undefined;
    const failure = new CellError(
      await explainFailure(error, {
        notebook: `${this.#notebook.name}.ipynb`,
        cell,
        position: this.#notebook.cells.findIndex((c) => c.id === present.id) + 1,
        title,
        source: present.source,
        dir: dirname(dirname(this.#notebook.path)),
      }),
    );
    this.#showError(index, failure);
    return isExpected ? undefined : failure;
  }

  /** In the executed copy every failed cell shows its error, with places in its source. */
  #showError(index: number, failure: CellError): void {
    const present = this.cells[index]!;
    const error = {
      output_type: "error" as const,
      ename: failure.errorName,
      evalue: failure.reason,
      traceback: [
        failure.message,
        ...(failure.lineText === undefined ? [] : [`  ${failure.line} | ${failure.lineText}`]),
        ...failure.frames.map((frame) => `    at ${frame}`),
      ],
    };
    const outputs = [...present.outputs ?? []];
    const shown = outputs.findIndex((output) => output.output_type === "error");
    outputs.splice(shown < 0 ? outputs.length : shown, shown < 0 ? 0 : 1, error);
    this.cells[index] = { ...present, outputs };
  }
}

/** The cells to execute: outputs gone, the injected cell in its place. */
function toCells(notebook: Notebook, injected: Record<string, ParameterValue>): Cell[] {
  const cells = notebook.cells
    .filter((cell) => !tagsOf(cell).includes("injected-parameters"))
    .map((cell) => isCode(cell) ? { ...cell, outputs: [], execution_count: null } : { ...cell });
  const names = Object.keys(injected);
  if (names.length === 0) return cells;
  const index = cells.findIndex((cell) => isCode(cell) && tagsOf(cell).includes("parameters"));
  const source = names.map((name) => `const ${name} = ${JSON.stringify(injected[name])};`);
  cells.splice(index + 1, 0, {
    cell_type: "code",
    id: "injected-parameters",
    metadata: { tags: ["injected-parameters"] },
    source: source.join("\n"),
    outputs: [],
    execution_count: null,
  });
  return cells;
}

function isCode(cell: Cell): boolean {
  return cell.cell_type === "code";
}

function toErrorRecord(error: CellError) {
  const { cell, position, title, line, errorName, reason, message, frames } = error;
  return { cell, position, title, line, name: errorName, reason, message, frames };
}
