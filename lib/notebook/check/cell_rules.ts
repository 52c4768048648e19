import { type Cell, type Notebook, tagsOf, titleOfCell } from "../notebook.ts";
import type { Problem } from "../problem.ts";
import { isKnownTag, TAGS } from "../tags.ts";

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
  let parameters = 0;
  let cellNumber = 0;
  notebook.cells.forEach((cell, index) => {
    const isCode = cell.cell_type === "code";
    if (isCode) cellNumber++;
    const place = {
      ...{ file, position: index + 1, title: titleOfCell(notebook.cells, index) },
      ...(isCode && { cell: cellNumber }),
    };
    if (seen.has(cell.id)) {
      const message = `id is "${cell.id}" as an earlier cell's, must be its own`;
      problems.push({ ...place, rule: "duplicate-id", message });
    }
    seen.add(cell.id);
    for (const found of [...checkTags(cell), ...isCode ? checkCode(cell) : []]) {
      problems.push({ ...place, ...found });
    }
    if (isCode && tagsOf(cell).includes("parameters") && ++parameters > 1) {
      const message = "it is tagged parameters as an earlier cell is, must be one cell";
      problems.push({ ...place, rule: "parameters", message });
    }
  });
  return problems;
}

type Found = Pick<Problem, "rule" | "message" | "line" | "column" | "endColumn" | "text">;

function checkTags(cell: Cell): Found[] {
  return tagsOf(cell).flatMap((tag) => {
    if (tag === "injected-parameters") {
      const message = "it is tagged injected-parameters, must be left to the runner";
      return [{ rule: "injected-parameters", message }];
    }
    if (isKnownTag(tag)) return [];
    const known = [...Object.keys(TAGS), "tolerance:NUMBER"].join(", ");
    return [{ rule: "unknown-tag", message: `tag "${tag}" is unknown, must be one of ${known}` }];
  });
}

function checkCode(cell: Cell): Found[] {
  const found: Found[] = [];
  const lines = cell.source.trimEnd().split("\n").length;
  if ((cell.outputs?.length ?? 0) > 0) {
    found.push({ rule: "outputs", message: "it holds outputs of a run, must be stored without" });
  }
  if ((cell.execution_count ?? null) !== null) {
    const message = `execution_count is ${cell.execution_count}, must be stored without`;
    found.push({ rule: "execution-count", message });
  }
  if (lines > MAX_CELL_LINES) {
    const message =
      `it has ${lines} lines, must have at most ${MAX_CELL_LINES}: the rest belongs in lib`;
    found.push({ rule: "long-cell", message });
  }
  const func = FUNCTION.exec(cell.source);
  if (func) {
    const message = "it makes a function, must call one: functions belong in lib with a test";
    found.push({ rule: "function-in-cell", message, ...placeAt(cell.source, func) });
  }
  const meta = /\bimport\.meta\b/.exec(cell.source);
  if (meta) {
    const message = "import.meta is there, must not: the kernel cannot read it";
    found.push({ rule: "import-meta", message, ...placeAt(cell.source, meta) });
  }
  return found;
}

function placeAt(source: string, { index, 0: match }: RegExpExecArray) {
  const before = source.slice(0, index).split("\n");
  const column = before.at(-1)!.length + 1;
  return {
    line: before.length,
    column,
    endColumn: column + match.split("\n")[0]!.length,
    text: source.split("\n")[before.length - 1]!,
  };
}
