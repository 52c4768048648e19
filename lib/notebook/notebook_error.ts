import { FeiraError } from "feira/workspace";

/** A notebook file, or a cell in it, that is not what it must be. */
export class NotebookError extends FeiraError {
  override name = "NotebookError";
  /** The file's name. */
  readonly notebook: string;
  /** Counted from 1 among all cells. */
  readonly position: number | undefined;
  /** Counted from 1 in the cell. */
  readonly line: number | undefined;

  constructor(
    notebook: string,
    problem: string,
    where: { position?: number | undefined; line?: number | undefined } = {},
  ) {
    const { position, line } = where;
    const place = [
      notebook,
      ...(position === undefined ? [] : [`cell at position ${position}`]),
      ...(line === undefined ? [] : [`line ${line}`]),
    ].join(", ");
    super("data", `Cannot read ${place}: ${problem}`);
    this.notebook = notebook;
    this.position = position;
    this.line = line;
  }
}
