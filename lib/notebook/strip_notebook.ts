/**
 * A notebook's file text as it is to be stored: without outputs and execution
 * counts, ids where cells have none. All else stays as it is.
 *
 * @returns the text itself where nothing needs to change.
 * @throws {SyntaxError} when it is not JSON.
 *
 * @example
 * ```ts
 * import { stripNotebook } from "feira/notebook";
 * import assert from "node:assert/strict";
 *
 * const cell = { cell_type: "code", execution_count: 3, id: "a", outputs: [{}], source: [] };
 * const notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
 * const [stored] = JSON.parse(stripNotebook(JSON.stringify(notebook))).cells;
 * assert.deepEqual(stored, { ...cell, execution_count: null, outputs: [] });
 * ```
 */
export function stripNotebook(text: string): string {
  const notebook = JSON.parse(text);
  const before = JSON.stringify(notebook);
  const ids = new Set<string>(notebook.cells.map(({ id }: { id: string }) => id));
  notebook.cells.forEach((cell: Record<string, unknown>, index: number) => {
    if (cell.cell_type === "code") Object.assign(cell, { outputs: [], execution_count: null });
    if (cell.id !== undefined || !(notebook.nbformat_minor >= 5)) return;
    const id = firstFree(`cell-${index + 1}`, ids);
    ids.add(id);
    cell.id = id;
  });
  return JSON.stringify(notebook) === before ? text : JSON.stringify(notebook, null, 1) + "\n";
}

function firstFree(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
  return id;
}
