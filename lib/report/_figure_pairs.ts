import { text } from "./_untrusted.ts";
import { draftNotebook } from "./_notebook_page.ts";
import type { ExecutedCopy } from "./compared_run.ts";
import { type ExecutedCell, isRecord, parseExecuted } from "./read_executed.ts";

export const FIGURE_MIME = "application/vnd.feira.figure+json";

/** A figure as the kernel sent it. */
export type FigureData = Readonly<Record<string, unknown>>;

/** What one place of a notebook showed in two runs; one of them may have had nothing there. */
export interface FigurePair {
  /** The notebook's name, as `05_marts`. */
  readonly notebook: string;
  readonly notebookTitle: string;
  readonly before?: FigureData;
  readonly after?: FigureData;
}

/** Pairs of figures, in the notebooks' order. */
export interface FigurePairs {
  readonly changed: readonly FigurePair[];
  readonly same: readonly FigurePair[];
}

/**
 * Matches the figures of two runs by notebook, cell and place in the cell. The
 * same is what looks the same: drawing, title and caption. Cells tagged
 * `provenance` differ by what they are for, so they are left out.
 *
 * @throws {ReportError} when a copy cannot be read.
 */
export function pairFigures(
  before: readonly ExecutedCopy[],
  after: readonly ExecutedCopy[],
): FigurePairs {
  const [then, now] = [before, after].map((copies) =>
    new Map(copies.map((copy) => [copy.name, readFigures(copy)]))
  ) as [Map<string, NotebookFigures>, Map<string, NotebookFigures>];
  const names = [...new Set([...then.keys(), ...now.keys()])].sort();
  const pairs = names.flatMap((notebook) => {
    const [old, current] = [then.get(notebook), now.get(notebook)];
    const places = new Set([
      ...current?.figures.keys() ?? [],
      ...old?.figures.keys() ?? [],
    ]);
    return [...places].map((place): FigurePair => {
      const [was, is] = [old?.figures.get(place), current?.figures.get(place)];
      return {
        notebook,
        notebookTitle: (current ?? old)!.title,
        ...(was && { before: was }),
        ...(is && { after: is }),
      };
    });
  });
  return {
    changed: pairs.filter((pair) => !looksSame(pair)),
    same: pairs.filter(looksSame),
  };
}

interface NotebookFigures {
  readonly title: string;
  /** By place: the cell, and which of its figures. */
  readonly figures: ReadonlyMap<string, FigureData>;
}

function readFigures({ name, text }: ExecutedCopy): NotebookFigures {
  const { title, cells } = draftNotebook(name, parseExecuted(`${name}.ipynb`, text));
  const figures = new Map<string, FigureData>();
  for (const cell of cells.filter(isShown)) {
    const shown = cell.outputs.flatMap((output) => {
      const data = output.type === "data" ? output.data[FIGURE_MIME] : undefined;
      return isRecord(data) ? [data] : [];
    });
    // Before nbformat 4.5 cells have no ids.
    const place = cell.id ?? `cell ${cell.number}`;
    shown.forEach((data, i) => figures.set(`${place} ${i}`, data));
  }
  return { title, figures };
}

function isShown({ tags }: ExecutedCell): boolean {
  return !["provenance", "remove-cell", "remove-output"].some((tag) => tags.includes(tag));
}

function looksSame({ before, after }: FigurePair): boolean {
  return before !== undefined && after !== undefined && looksOf(before) === looksOf(after);
}

function looksOf({ svg, narrow, title, caption }: FigureData): string {
  return JSON.stringify([svg, isRecord(narrow) && narrow.svg, text(title), text(caption)]);
}
