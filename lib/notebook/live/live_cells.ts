import { trailOf } from "../cell_error.ts";
import type { ExecutionError } from "../execution.ts";
import { explainFailure } from "../errors/explain.ts";

/** The content of an error message, as a front end shows it. */
export interface LiveError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** A cell that was executed, by the number of its prompt. */
interface LiveCell {
  readonly cell: number;
  readonly source: string;
}

/** All cells that a front end had executed, so that stacks can be brought back to them. */
export class LiveCells {
  readonly #cells = new Map<string, LiveCell>();
  /** Paths in stacks are told from here. */
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Remembers a cell, and says what stacks are to call it. */
  add(cell: LiveCell): string {
    const name = `cell-${this.#cells.size}`;
    this.#cells.set(name, cell);
    return name;
  }

  /** An error of a cell: what in red, its line with a caret, the way there, what lies behind it. */
  async explain(error: ExecutionError, name: string): Promise<LiveError> {
    const { cell, source } = this.#cells.get(name)!;
    const failure = await explainFailure(error, {
      notebook: "this notebook",
      cell,
      source,
      position: cell,
      title: "",
      dir: this.#dir,
      name,
      named: (other) => this.#cells.get(other),
    });
    const { errorName, reason } = failure;
    const head = errorName === "" ? reason : `\u001b[1;31m${errorName}\u001b[0m: ${reason}`;
    return { ename: errorName, evalue: reason, traceback: [head, ...trailOf(failure)] };
  }
}
