import { FeiraError } from "feira/workspace";

/** Where a cell failed and how. */
export interface CellFailure {
  /** The notebook's file name. */
  readonly notebook: string;
  /** Counted from 1 among the notebook's code cells. */
  readonly cell: number;
  /** Counted from 1 among all of its cells. */
  readonly position: number;
  /** The heading it stands under, `""` without one. */
  readonly title: string;
  /** Counted from 1 in the cell's source, where it is known. */
  readonly line?: number | undefined;
  /** That line's text. */
  readonly lineText?: string | undefined;
  /** The error's name in the kernel. */
  readonly errorName: string;
  /** The error's own message. */
  readonly reason: string;
  /** The stack, innermost first, as `name (place)`; cells as `03_load.ipynb, cell 4, line 2`. */
  readonly frames: readonly string[];
}

/** A cell failed: its notebook did not run to its end. */
export class CellError extends FeiraError implements CellFailure {
  override name = "CellError";
  readonly notebook: string;
  readonly cell: number;
  readonly position: number;
  readonly title: string;
  readonly line: number | undefined;
  readonly lineText: string | undefined;
  readonly errorName: string;
  readonly reason: string;
  readonly frames: readonly string[];

  constructor(failure: CellFailure, options?: ErrorOptions) {
    const { notebook, cell, title, line, errorName, reason } = failure;
    const where = `cell ${cell}${title ? ` ("${title}")` : ""}${line ? `, line ${line}` : ""}`;
    // An error in the house's own words needs no class name before them.
    const what = /^Cannot /.test(reason) ? reason : `${errorName}: ${reason}`;
    super("failed", `Cannot run ${notebook}: ${where}: ${what}`, options);
    this.notebook = notebook;
    this.cell = cell;
    this.position = failure.position;
    this.title = title;
    this.line = line;
    this.lineText = failure.lineText;
    this.errorName = errorName;
    this.reason = reason;
    this.frames = failure.frames;
  }
}
