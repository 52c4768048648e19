import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Notebook,
  type NotebookRun,
  type Output,
  readNotebook,
  runNotebook,
  type RunNotebookOptions,
} from "feira/notebook";
import { type Code, TempWorkspace } from "./_temp_workspace.ts";

/** A run, its executed copy, and the outputs of that copy's code cells. */
export interface CellsRun {
  readonly result: NotebookRun;
  readonly executed: Notebook;
  readonly outputs: Output[][];
}

/** Runs these cells as `01_test`, beside a `lib/thrower.ts`, and reads the executed copy back. */
export async function runCells(
  cells: readonly Code[],
  options: Partial<RunNotebookOptions> = {},
): Promise<CellsRun> {
  await using workspace = await TempWorkspace.make();
  await workspace.write(
    "lib/thrower.ts",
    'export function fail() {\n  throw new TypeError("deep");\n}\n',
  );
  return await runCellsIn(workspace, cells, options);
}

/** As {@linkcode runCells}, in a workspace of the caller's. */
export async function runCellsIn(
  workspace: TempWorkspace,
  cells: readonly Code[],
  options: Partial<RunNotebookOptions> = {},
): Promise<CellsRun> {
  const path = await workspace.notebook("01_test", cells);
  const executedPath = join(workspace.root, "reports/executed/01_test.ipynb");
  const before = await Deno.readTextFile(path);
  const result = await runNotebook(path, { executedPath, ...options });
  assert.equal(await Deno.readTextFile(path), before, "the source is as it was");
  const executed = await readNotebook(executedPath);
  return { result, executed, outputs: outputsOf(executed) };
}

/** Each code cell's outputs. */
export function outputsOf(notebook: Notebook): Output[][] {
  return notebook.cells.filter((cell) => cell.cell_type === "code")
    .map((cell) => [...cell.outputs ?? []]);
}

/** What a reader sees of outputs, as text. */
export function textOf(outputs: readonly Output[] = []): string {
  return outputs.map((output) =>
    output.output_type === "stream"
      ? output.text
      : output.output_type === "error"
      ? `${output.ename}: ${output.evalue}`
      : String(output.data["text/plain"])
  ).join("");
}
