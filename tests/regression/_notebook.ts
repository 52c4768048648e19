import type { Cell, MimeBundle, Output } from "feira/notebook";
import { type Difference, digestNotebook, formatDigest, parseDigest } from "feira/regression";
import { compareDigests } from "feira/regression";

/** What a cell is, where it is not what most are. */
export interface CellSpec {
  readonly id?: string;
  readonly tags?: readonly string[];
  readonly compare?: unknown;
}

/** A display as the kernel sends it: by value, as JSON. */
export function display(shown: object): Output {
  const bundle = (shown as Record<symbol, () => MimeBundle>)[Symbol.for("Jupyter.display")]!();
  return { output_type: "display_data", data: JSON.parse(JSON.stringify(bundle)), metadata: {} };
}

export function printed(text: string, name: "stdout" | "stderr" = "stdout"): Output {
  return { output_type: "stream", name, text };
}

/** A code cell with these outputs. */
export function codeCell(outputs: readonly Output[], spec: CellSpec = {}): Cell {
  const { id = "c1", tags = [], compare } = spec;
  const metadata = { tags, ...(compare !== undefined && { feira: { compare } }) };
  return { cell_type: "code", id, metadata, source: "1;", outputs };
}

export const HEADING: Cell = { cell_type: "markdown", id: "h", metadata: {}, source: "## Rows" };

/** What is told when cells show this and that was stored, through the file's text. */
export function differencesOf(stored: readonly Cell[], found: readonly Cell[]): Difference[] {
  const digest = (cells: readonly Cell[]) => digestNotebook({ name: "01_a", cells });
  return compareDigests(parseDigest(formatDigest(digest(stored))), digest(found));
}

/** The same of one cell: its differences without their place in the notebook. */
export function differencesIn(
  stored: readonly Output[],
  found: readonly Output[],
  spec: CellSpec = {},
): Omit<Difference, "notebook" | "cell" | "title">[] {
  return differencesOf([codeCell(stored, spec)], [codeCell(found, spec)]).map(
    ({ notebook: _, cell: __, title: ___, ...rest }) => rest,
  );
}
