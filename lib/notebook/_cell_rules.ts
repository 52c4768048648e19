import { type Cell, type Notebook, tagsOf, titleOfCell } from "./notebook.ts";

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
  /** `TS2322`, a lint rule's name, or one of `outputs`, `long-cell`, `function-in-cell`, … */
  readonly rule: string;
  readonly message: string;
}

/** A cell that does more than one thing. */
export const MAX_CELL_LINES = 15;

const FUNCTION =
  /^(?:export\s+)?(?:async\s+)?function\b|^(?:const|let|var)\s+\w+\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|(?:\([^()]*\)|\w+)\s*(?::[^=]+)?=>)/m;

/** Everything about a notebook that can be seen without a type checker. */
export function checkCells(notebook: Notebook): Problem[] {
  const file = `${notebook.name}.ipynb`;
  const problems: Problem[] = [];
  if (notebook.nbformatMinor < 5) {
    const message = `nbformat is 4.${notebook.nbformatMinor}, must be 4.5: cells need ids`;
    problems.push({ file, rule: "nbformat", message });
  }
  const seen = new Set<string>();
  let cellNumber = 0;
  notebook.cells.forEach((cell, index) => {
    const position = index + 1;
    if (seen.has(cell.id)) {
      const message = `id is "${cell.id}" as an earlier cell's, must be its own`;
      problems.push({ file, position, rule: "duplicate-id", message });
    }
    seen.add(cell.id);
    if (cell.cell_type !== "code") return;
    cellNumber++;
    const place = { file, cell: cellNumber, position, title: titleOfCell(notebook.cells, index) };
    for (const found of checkCode(cell)) problems.push({ ...place, ...found });
  });
  return problems;
}

function checkCode(cell: Cell): { rule: string; message: string; line?: number }[] {
  const found: { rule: string; message: string; line?: number }[] = [];
  const lines = cell.source.trimEnd().split("\n").length;
  if ((cell.outputs?.length ?? 0) > 0 || (cell.execution_count ?? null) !== null) {
    found.push({ rule: "outputs", message: "it holds outputs of a run, must be stored without" });
  }
  if (lines > MAX_CELL_LINES) {
    const message =
      `it has ${lines} lines, must have at most ${MAX_CELL_LINES}: the rest belongs in lib`;
    found.push({ rule: "long-cell", message });
  }
  const func = FUNCTION.exec(cell.source);
  if (func) {
    const message = "it makes a function, must call one: functions belong in lib with a test";
    found.push({ rule: "function-in-cell", message, line: lineAt(cell.source, func.index) });
  }
  const meta = /\bimport\.meta\b/.exec(cell.source);
  if (meta) {
    const message = "import.meta is there, must not: the kernel cannot read it";
    found.push({ rule: "import-meta", message, line: lineAt(cell.source, meta.index) });
  }
  if (tagsOf(cell).includes("injected-parameters")) {
    const message = "it is tagged injected-parameters, must be left to the runner";
    found.push({ rule: "injected-parameters", message });
  }
  return found;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
