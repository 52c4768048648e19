import { basename } from "node:path";
import { placeInFront } from "./front_rules.ts";
import type { Notebook } from "../notebook.ts";
import { NotebookError } from "../notebook_error.ts";
import type { Problem } from "../problem.ts";
import { parseNotebook } from "../read_notebooks.ts";

/** A notebook's file: what it holds, where it could be read, and what is wrong with it. */
export interface FileCheck {
  readonly notebook?: Notebook;
  readonly problems: readonly Problem[];
}

/** Reads a notebook, and looks at what reading makes good in silence. */
export async function checkFile(path: string): Promise<FileCheck> {
  const text = await Deno.readTextFile(path);
  try {
    const notebook = parseNotebook(text, path);
    return { notebook, problems: checkIds(text, notebook) };
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    return { problems: [toProblem(error, sourcesOf(text))] };
  }
}

/** Cells without an id get one when read, and another whenever a cell is put before them. */
function checkIds(text: string, { name, nbformatMinor }: Notebook): Problem[] {
  if (nbformatMinor < 5) return [];
  return (JSON.parse(text).cells as { id?: unknown }[]).flatMap(({ id }, index) => {
    const message = "it has no id, must have one of its own";
    return id === undefined
      ? [{ file: `${name}.ipynb`, position: index + 1, rule: "missing-id", message }]
      : [];
  });
}

function toProblem(error: NotebookError, sources: readonly string[]): Problem {
  const { notebook: file, position, line } = error;
  const message = error.message.slice(error.message.indexOf(": ") + 2);
  const source = position === undefined ? undefined : sources[position - 1];
  const text = line === undefined ? undefined : source?.split("\n")[line - 1];
  const base = {
    file,
    ...(position !== undefined && { position }),
    ...(line !== undefined && { line }),
    ...(text !== undefined && { text }),
    rule: "notebook",
    message,
  };
  // Of a front matter the message begins with the key that it is about.
  const key = message.match(/^(\w+) is /)?.[1];
  if (position !== 1 || line !== undefined || source === undefined || key === undefined) {
    return base;
  }
  const cell = { cell_type: "raw", id: "front", metadata: {}, source } as const;
  return { ...base, ...placeInFront({ name: basename(file, ".ipynb"), cells: [cell] }, key) };
}

function sourcesOf(text: string): string[] {
  try {
    const { cells } = JSON.parse(text) as { cells: { source: string | string[] }[] };
    return cells.map(({ source }) => typeof source === "string" ? source : source.join(""));
  } catch {
    // Then the message alone tells what is wrong with it.
    return [];
  }
}
