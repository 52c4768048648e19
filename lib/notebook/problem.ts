import { excerpt } from "./errors/excerpt.ts";

/** Something about a notebook that must be otherwise. */
export interface Problem {
  /** The notebook's file name, or a module's path from the root. */
  readonly file: string;
  /** Counted from 1 among the code cells. */
  readonly cell?: number;
  /** Counted from 1 among all cells. */
  readonly position?: number;
  /** The heading that the cell stands under. */
  readonly title?: string;
  /** Counted from 1 in the cell, or in the module. */
  readonly line?: number;
  /** Counted from 1 in that line. */
  readonly column?: number;
  /** The column after the last that is meant. */
  readonly endColumn?: number;
  /** That line's text. */
  readonly text?: string;
  /** `TS2322`, a lint rule's name, or one of `outputs`, `long-cell`, `unwritten-read`, … */
  readonly rule: string;
  readonly message: string;
}

/**
 * A problem for a terminal: `03_load.ipynb, cell 4 ("Load"), line 2: … (TS2322)`,
 * and below it that line with a caret, where they are known.
 *
 * @example
 * ```ts
 * import { formatProblem } from "feira/notebook";
 * import assert from "node:assert/strict";
 *
 * const place = { file: "03_load.ipynb", cell: 4, title: "Load", line: 1 };
 * const found = { ...place, column: 5, endColumn: 6, text: "let a;", rule: "prefer-const" };
 * assert.equal(
 *   formatProblem({ ...found, message: "`a` is never reassigned" }),
 *   '03_load.ipynb, cell 4 ("Load"), line 1: `a` is never reassigned (prefer-const)\n' +
 *     "    let a;\n        ^",
 * );
 * ```
 */
export function formatProblem(problem: Problem): string {
  const { file, cell, title, position, line, column, endColumn, text, rule, message } = problem;
  const where = cell !== undefined
    ? `, cell ${cell}${title ? ` ("${title}")` : ""}`
    : position !== undefined
    ? `, cell at position ${position}`
    : "";
  const head = `${file}${where}${line === undefined ? "" : `, line ${line}`}: ${message} (${rule})`;
  return text === undefined ? head : `${head}\n${excerpt(text, column, endColumn)}`;
}
