import type { Cell, Output } from "./notebook.ts";

/**
 * A notebook's file text in the one form that Jupyter itself writes: keys
 * sorted, one space of indent, texts as lists of lines, a final newline. So a
 * notebook saved by JupyterLab and one written here differ only where their
 * content does.
 *
 * @example
 * ```ts
 * import { formatNotebook } from "feira/notebook";
 * import assert from "node:assert/strict";
 *
 * const cell = { cell_type: "markdown", id: "a", metadata: {}, source: "# One\ntwo" } as const;
 * const text = formatNotebook({ cells: [cell], metadata: {} });
 * assert.deepEqual(JSON.parse(text).cells[0].source, ["# One\n", "two"]);
 * ```
 */
export function formatNotebook(
  notebook: { readonly cells: readonly Cell[]; readonly metadata: Record<string, unknown> },
): string {
  const content = {
    cells: notebook.cells.map(toCellJson),
    metadata: notebook.metadata,
    nbformat: 4,
    nbformat_minor: 5,
  };
  return JSON.stringify(sortKeys(content), null, 1) + "\n";
}

function toCellJson(cell: Cell): unknown {
  const { source, outputs, execution_count, ...rest } = cell;
  if (cell.cell_type !== "code") return { ...rest, source: toLines(source) };
  return {
    ...rest,
    source: toLines(source),
    execution_count: execution_count ?? null,
    outputs: (outputs ?? []).map(toOutputJson),
  };
}

function toOutputJson(output: Output): unknown {
  if (output.output_type === "stream") return { ...output, text: toLines(output.text) };
  if (output.output_type === "error") return output;
  const data = Object.entries(output.data).map(([type, value]) => [
    type,
    // As Jupyter: text in lines; JSON is kept as it is, base64 as one string.
    typeof value === "string" && /^text\/|\+xml$|javascript$/.test(type) ? toLines(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(data) };
}

function toLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Keys in order of code units at every depth; arrays keep theirs. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sortKeys(item)]),
  );
}
