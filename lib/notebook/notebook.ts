import type { Parameter } from "./parameters.ts";

/** A notebook's outputs as nbformat 4.5 has them; text is joined to one string. */
export type Output =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string }
  | { output_type: "display_data"; data: MimeBundle; metadata: Record<string, unknown> }
  | {
    output_type: "execute_result";
    data: MimeBundle;
    metadata: Record<string, unknown>;
    execution_count: number | null;
  }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** Media type to content; text is one string, JSON types are values. */
export type MimeBundle = Record<string, unknown>;

/** One cell; `outputs` and `execution_count` belong to code cells. */
export interface Cell {
  readonly cell_type: "raw" | "markdown" | "code";
  readonly id: string;
  readonly metadata: Record<string, unknown>;
  readonly source: string;
  readonly outputs?: readonly Output[];
  readonly execution_count?: number | null;
  readonly attachments?: Record<string, unknown>;
}

/** Which part of the pipeline a notebook belongs to. */
export type Job = "elt" | "segmentation";

/** What a notebook says about itself in its first cell. */
export interface FrontMatter {
  readonly title: string;
  readonly job: Job;
  /** What it reads: paths from the workspace's root (with a `/`) or `dataset.table`. */
  readonly reads: readonly string[];
  /** What it writes; same notation. */
  readonly writes: readonly string[];
  readonly description?: string;
  readonly audience?: string;
}

/** A notebook as read from its file. */
export interface Notebook extends FrontMatter {
  /** Absolute path of the source. */
  readonly path: string;
  /** File name without `.ipynb`. */
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly metadata: Record<string, unknown>;
  readonly nbformatMinor: number;
  /** Declared in the cell tagged `parameters`; empty without one. */
  readonly parameters: readonly Parameter[];
}

/** A cell's tags. */
export function tagsOf(cell: Pick<Cell, "metadata">): readonly string[] {
  const tags = cell.metadata.tags;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
}

/** The text of the heading that a cell stands under, `""` where there is none. */
export function titleOfCell(cells: readonly Cell[], index: number): string {
  for (let i = index; i >= 0; i--) {
    const cell = cells[i]!;
    if (cell.cell_type !== "markdown") continue;
    const headings = [...cell.source.matchAll(/^#{1,6}[ \t]+(.+?)[ \t]*#*$/gm)];
    const last = headings.at(-1)?.[1];
    if (last !== undefined) return last.replace(/[*_`]/g, "").trim();
  }
  return "";
}
