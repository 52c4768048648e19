import { dirname, join } from "node:path";
import type { Notebook } from "../notebook.ts";
import { titleOfCell } from "../notebook.ts";
import { toFileUrl } from "../_paths.ts";

/** Where a line of a notebook's module stands in the notebook. */
export interface CellLine {
  readonly cell: number;
  readonly position: number;
  readonly title: string;
  readonly line: number;
  /** That line as the notebook has it. */
  readonly text: string;
}

/** All code cells of a notebook as one module, in their order. */
export interface CheckModule {
  readonly notebook: Notebook;
  readonly text: string;
  /** undefined for the lines that are between the cells. */
  readonly placeOf: (line: number) => CellLine | undefined;
}

const RELATIVE = /(\b(?:from|import)\s*\(?\s*)(["'])(\.{1,2}\/[^"']+)\2/g;

/** Puts the cells together; relative imports keep their meaning wherever the module is written. */
export function toCheckModule(notebook: Notebook): CheckModule {
  const dir = dirname(notebook.path);
  const lines: string[] = [];
  const places: (CellLine | undefined)[] = [];
  let cell = 0;
  notebook.cells.forEach((present, index) => {
    if (present.cell_type !== "code") return;
    cell++;
    const title = titleOfCell(notebook.cells, index);
    const source = present.source.trimEnd();
    source.split("\n").forEach((text, i) => {
      lines.push(text.replace(
        RELATIVE,
        (_, before, quote, path) => `${before}${quote}${toFileUrl(join(dir, path)).href}${quote}`,
      ));
      places.push({ cell, position: index + 1, title, line: i + 1, text });
    });
    // A cell ends a statement even where it leaves the semicolon out.
    lines.push(/(^|[;}])$/.test(source) ? "" : ";");
    places.push(undefined);
  });
  lines.push("export {};", "");
  return { notebook, text: lines.join("\n"), placeOf: (line) => places[line - 1] };
}
