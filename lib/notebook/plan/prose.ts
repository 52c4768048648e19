import { hashText, writeFileBeside } from "feira/workspace";
import { formatNotebook } from "../format_notebook.ts";
import { type Cell, type Notebook, tagsOf } from "../notebook.ts";
import { readNotebook } from "../read_notebooks.ts";

/**
 * Stands for all of a notebook that is read but not executed: markdown and raw
 * cells, the cells' order and metadata. A comment in code is not prose: it may
 * steer the checker, and what lies beside the outputs must be what was executed.
 */
export function hashProse({ cells }: Notebook): string {
  return hashText(JSON.stringify(cells.map((cell) => [
    cell.cell_type,
    cell.id,
    cell.metadata,
    cell.cell_type === "code" ? null : [cell.source, cell.attachments],
  ])));
}

/**
 * Puts a notebook's prose into its executed copy, as a run would have done: the
 * outputs stay. Call it only when the code is what was executed.
 */
export async function refreshProse(notebook: Notebook, executedPath: string): Promise<void> {
  const executed = await readNotebook(executedPath);
  const isInjected = (cell: Cell) => tagsOf(cell).includes("injected-parameters");
  const results = executed.cells.filter((cell) => cell.cell_type === "code" && !isInjected(cell));
  const injected = executed.cells.filter(isInjected);
  const cells = notebook.cells.filter((cell) => !isInjected(cell)).flatMap((cell) => {
    if (cell.cell_type !== "code") return [cell];
    const { outputs = [], execution_count = null } = results.shift()!;
    const filled = { ...cell, outputs, execution_count };
    return tagsOf(cell).includes("parameters") ? [filled, ...injected.splice(0)] : [filled];
  });
  const metadata = { ...notebook.metadata, feira: executed.metadata.feira };
  await writeFileBeside(executedPath, formatNotebook({ cells, metadata }));
}
