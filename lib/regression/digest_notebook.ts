import { type Notebook, type Output, tagsOf, titleOfCell } from "feira/notebook";
import { comparisonOf } from "./comparison.ts";
import { digestOutput } from "./_digest_output.ts";
import type { CellDigest, NotebookDigest } from "./types.ts";

/** Tags of cells whose outputs are of the moment. */
const IGNORED = ["ignore-output", "provenance"];

/**
 * What an executed notebook shows, as little of it as a change would show in.
 * Cells that show nothing are left out, and of cells tagged `ignore-output` or
 * `provenance` the outputs. Lines that a cell printed one after the other are one output.
 *
 * @throws {TypeError} when a cell's metadata says what cannot be compared so.
 *
 * @example
 * ```ts
 * import { digestNotebook } from "feira/regression";
 * import assert from "node:assert/strict";
 *
 * const outputs = [{ output_type: "stream" as const, name: "stdout" as const, text: "1\n" }];
 * const cell = { cell_type: "code" as const, id: "a", metadata: {}, source: "", outputs };
 * const { cells } = digestNotebook({ name: "01_ingest", cells: [cell] });
 * assert.deepEqual(cells[0]!.outputs, [{ kind: "stream", name: "stdout", text: "1\n" }]);
 * ```
 */
export function digestNotebook(notebook: Pick<Notebook, "name" | "cells">): NotebookDigest {
  const digests: CellDigest[] = [];
  let number = 0;
  notebook.cells.forEach((cell, index) => {
    // What the runner put in is not the notebook's.
    if (cell.cell_type !== "code" || tagsOf(cell).includes("injected-parameters")) return;
    const base = { id: cell.id, cell: ++number, title: titleOfCell(notebook.cells, index) };
    if (tagsOf(cell).some((tag) => IGNORED.includes(tag))) {
      digests.push({ ...base, ignored: true, outputs: [] });
      return;
    }
    const compare = comparisonOf(cell);
    const outputs = joinStreams(cell.outputs ?? []).map((output) =>
      digestOutput(output, compare?.ignore)
    );
    if (outputs.length > 0) digests.push({ ...base, ...(compare && { compare }), outputs });
  });
  return { notebook: notebook.name, cells: digests };
}

/** How a stream was cut into messages depends on the moment. */
function joinStreams(outputs: readonly Output[]): Output[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (
      output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name
    ) {
      joined[joined.length - 1] = { ...last, text: last.text + output.text };
    } else joined.push(output);
  }
  return joined;
}
