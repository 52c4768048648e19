/** How many of the outputs that cells must show they show. */
export interface OutputCount {
  readonly expected: number;
  /** Shown by no cell of the notebook. */
  readonly lost: number;
  /** Shown by another cell than the one that made them. */
  readonly misplaced: number;
}

/**
 * Counts the outputs of one executed notebook.
 *
 * @param text the notebook's file
 * @param marks what each code cell must show, by cell
 */
export function countOutputs(text: string, marks: readonly (readonly string[])[]): OutputCount {
  const { cells } = JSON.parse(text) as { cells: { cell_type: string; outputs?: unknown }[] };
  const shown = cells.filter(({ cell_type }) => cell_type === "code")
    .map(({ outputs }) => JSON.stringify(outputs ?? []));
  let [expected, lost, misplaced] = [0, 0, 0];
  marks.forEach((ofCell, cell) => {
    for (const mark of ofCell) {
      expected++;
      if (shown[cell]?.includes(mark)) continue;
      if (shown.some((text) => text.includes(mark))) misplaced++;
      else lost++;
    }
  });
  return { expected, lost, misplaced };
}

/** Counts of several notebooks together. */
export function sumCounts(counts: readonly OutputCount[]): OutputCount {
  const sum = (key: keyof OutputCount) => counts.reduce((total, count) => total + count[key], 0);
  return { expected: sum("expected"), lost: sum("lost"), misplaced: sum("misplaced") };
}
