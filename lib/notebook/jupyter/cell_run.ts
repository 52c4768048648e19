import { dirname } from "node:path";
import { CellError, formatCellError } from "../cell_error.ts";
import type { ExecutionError } from "../execution.ts";
import { explainFailure } from "../errors/explain.ts";
import { Kernel } from "../kernel.ts";
import { KernelDeath } from "../kernel_death.ts";
import { type Cell, type Notebook, tagsOf, titleOfCell } from "../notebook.ts";
import { type Displays, OutputCollector } from "./outputs.ts";
import { type ParameterValue, resolveParameters } from "../parameters.ts";
import type { NotebookRun, RunNotebookOptions } from "../run_notebook.ts";
import { shorten } from "../errors/shorten.ts";

/** Timers of more milliseconds fire at once. */
const LONGEST_MS = 2 ** 31 - 1;
const OUTPUT_LIMIT = 10_000_000;
/** How much of an error's message its output has. */
const SHOWN_ERROR = { lines: 200, characters: 20_000 };

/** One execution: the cells as they fill up. */
export class CellRun {
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
    const { env, signal, onEvent, outputLimit = OUTPUT_LIMIT, memoryLimitBytes } = this.#options;
    const total = this.#notebook.cells.filter(isCode).length;
    await using kernel = await Kernel.start({
      cwd: dirname(this.#notebook.path),
      ...(env ? { env } : {}),
      signal,
      outputLimit,
      memoryLimitBytes,
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
    const { onEvent, cellTimeoutSeconds, outputLimit = OUTPUT_LIMIT } = this.#options;
    const present = this.cells[index]!;
    const collector = new OutputCollector(this.#displays, outputLimit);
    let isLate = false;
    const timer = cellTimeoutSeconds === undefined ? undefined : setTimeout(() => {
      isLate = true;
      kernel.kill();
    }, Math.min(cellTimeoutSeconds * 1000, LONGEST_MS));
    let executionCount: number | null = null;
    let error: ExecutionError | undefined;
    try {
      const execution = await kernel.execute(present.source, (message) => {
        collector.add(message);
        if (message.type !== "stream") return;
        const stream = message.content.name === "stderr" ? "stderr" : "stdout";
        const text = String(message.content.text);
        onEvent?.({ type: "output", notebook: this.#notebook.name, cell, stream, text });
      }, { name: stackName(index) });
      executionCount = execution.executionCount;
      collector.addCut(execution.cut);
      error = execution.error;
    } catch (cause) {
      if (!(cause instanceof KernelDeath)) throw cause;
      collector.addCut();
      const message = isLate
        ? `Cannot go on: the cell took longer than ${cellTimeoutSeconds} s, must end earlier`
        : cause.message;
      error = { name: isLate ? "TimeoutError" : cause.name, message, traceback: [] };
    } finally {
      clearTimeout(timer);
      this.cells[index] = {
        ...present,
        execution_count: executionCount,
        outputs: collector.finish(),
      };
    }
    if (error === undefined && tagsOf(present).includes("progress")) this.#dropText(index);
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
        name: stackName(index),
        named: (name) => this.#cellNamed(name),
      }),
    );
    this.#showError(index, failure);
    return isExpected ? undefined : failure;
  }

  /** What a cell printed to pass the time is of no use afterwards, and never twice the same. */
  #dropText(index: number): void {
    const present = this.cells[index]!;
    const outputs = present.outputs!.filter((output) => output.output_type !== "stream");
    this.cells[index] = { ...present, outputs };
  }

  /** A cell by what stacks call it; the injected one counts as the one whose values it gives. */
  #cellNamed(name: string): { cell: number; source: string } | undefined {
    const index = this.cells.findIndex((_, i) => stackName(i) === name);
    const upTo = this.cells.slice(0, index + 1);
    const isInjected = (cell: Cell) => tagsOf(cell).includes("injected-parameters");
    const cell = upTo.filter((cell) => isCode(cell) && !isInjected(cell)).length;
    return index < 0 ? undefined : { cell, source: this.cells[index]!.source };
  }

  /** In the executed copy a failed cell ends with its error, with places in its source. */
  #showError(index: number, failure: CellError): void {
    const present = this.cells[index]!;
    const error = {
      output_type: "error" as const,
      ename: failure.errorName,
      evalue: shorten(failure.reason, SHOWN_ERROR),
      traceback: formatCellError(failure, SHOWN_ERROR).split("\n"),
    };
    const outputs = present.outputs!.filter((output) => output.output_type !== "error");
    this.cells[index] = { ...present, outputs: [...outputs, error] };
  }
}

/** What stacks call the cell at this index. */
function stackName(index: number): string {
  return `cell-${index}`;
}

/** The cells to execute: outputs gone, the injected cell in its place. */
function toCells(notebook: Notebook, injected: Record<string, ParameterValue>): Cell[] {
  const cells = notebook.cells
    .filter((cell) => !tagsOf(cell).includes("injected-parameters"))
    .map((cell) => isCode(cell) ? withoutResults(cell) : { ...cell });
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

/** A code cell as it was before it ever ran; front ends leave their timings in its metadata. */
function withoutResults(cell: Cell): Cell {
  const { execution: _timings, ...metadata } = cell.metadata;
  return { ...cell, metadata, outputs: [], execution_count: null };
}

function isCode(cell: Cell): boolean {
  return cell.cell_type === "code";
}
