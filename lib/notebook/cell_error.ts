import { type FailureKind, FeiraError } from "feira/workspace";
import { excerpt } from "./errors/excerpt.ts";
import { shorten } from "./errors/shorten.ts";

/** An error behind an error: its cause, or one of those that it gathers. */
export interface ErrorCause {
  /** `caused by`, or `error 1 of 2`. */
  readonly label: string;
  /** `""` for a value that is no Error. */
  readonly errorName: string;
  readonly reason: string;
  readonly frames: readonly string[];
}

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
  /** Counted from 1 in that line. */
  readonly column?: number | undefined;
  /** That line's text. */
  readonly lineText?: string | undefined;
  /** What the error was thrown as, if it was a FeiraError; else `failed`. */
  readonly kind: FailureKind;
  /** The error's name in the kernel. */
  readonly errorName: string;
  /** The error's own message; of more than 100,000 characters the middle is left out. */
  readonly reason: string;
  /** The stack, innermost first, as `name (place)`; cells as `03_load.ipynb, cell 4, line 2`. */
  readonly frames: readonly string[];
  /** The chain of causes and gathered errors. */
  readonly causes: readonly ErrorCause[];
}

/** A cell failed: its notebook did not run to its end. */
export class CellError extends FeiraError implements CellFailure {
  override name = "CellError";
  readonly notebook: string;
  readonly cell: number;
  readonly position: number;
  readonly title: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly lineText: string | undefined;
  readonly errorName: string;
  readonly reason: string;
  readonly frames: readonly string[];
  readonly causes: readonly ErrorCause[];

  constructor(failure: CellFailure, options?: ErrorOptions) {
    super(failure.kind, toMessage(failure, ON_A_TERMINAL), options);
    const { notebook, cell, title, line, errorName, reason } = failure;
    this.notebook = notebook;
    this.cell = cell;
    this.position = failure.position;
    this.title = title;
    this.line = line;
    this.column = failure.column;
    this.lineText = failure.lineText;
    this.errorName = errorName;
    this.reason = reason;
    this.frames = failure.frames;
    this.causes = failure.causes;
  }
}

const ON_A_TERMINAL = { lines: 40, characters: 6_000 };

function toMessage(failure: CellFailure, keep: typeof ON_A_TERMINAL): string {
  const { notebook, cell, title, line, errorName, reason } = failure;
  const where = `cell ${cell}${title ? ` ("${title}")` : ""}${line ? `, line ${line}` : ""}`;
  return `Cannot run ${notebook}: ${where}: ${shorten(toWords(errorName, reason), keep)}`;
}

/** An error in the house's own words needs no class name before them. */
function toWords(errorName: string, reason: string): string {
  return errorName === "" || /^Cannot /.test(reason) ? reason : `${errorName}: ${reason}`;
}

/**
 * All that is known of a failure, as text for a terminal: the message, the
 * line with a caret, the way there, and the errors behind it.
 *
 * @param keep how much of each message; default: 40 lines.
 *
 * @example
 * ```ts
 * import { CellError, formatCellError } from "feira/notebook";
 * import assert from "node:assert/strict";
 *
 * const where = { notebook: "03_load.ipynb", cell: 4, position: 7, title: "Load" };
 * const at = { line: 2, column: 1, lineText: "fail();", frames: ["fail (lib/a.ts:7)"] };
 * const what = { kind: "failed", errorName: "TypeError", reason: "no table" } as const;
 * const error = new CellError({ ...where, ...at, ...what, causes: [] });
 * assert.equal(
 *   formatCellError(error),
 *   `Cannot run 03_load.ipynb: cell 4 ("Load"), line 2: TypeError: no table
 *     fail();
 *     ^
 *     at fail (lib/a.ts:7)`,
 * );
 * ```
 */
export function formatCellError(error: CellFailure, keep = ON_A_TERMINAL): string {
  return [toMessage(error, keep), ...trailOf(error, keep)].join("\n");
}

/** What is told of a failure below its message, by lines. */
export function trailOf(
  { lineText, column, frames, causes }: CellFailure,
  keep = ON_A_TERMINAL,
): string[] {
  const at = (places: readonly string[]) => places.map((place) => `    at ${place}`);
  return [
    ...(lineText === undefined ? [] : excerpt(lineText, column).split("\n")),
    ...at(frames),
    ...causes.flatMap(({ label, errorName, reason, frames }) => [
      `${label}: ${shorten(toWords(errorName, reason), keep)}`,
      ...at(frames),
    ]),
  ];
}
