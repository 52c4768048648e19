/** How a column of a text table stands. */
export interface TextColumn {
  readonly title: string;
  readonly align?: "left" | "right";
}

/**
 * Lays rows out as columns of text, each as wide as its widest cell, two blanks
 * between them; the last column is wrapped at words so that no line is longer
 * than `width`, which a single long word may break.
 *
 * @returns for each row its lines; the first is of the titles.
 */
export function layOut(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  { width }: { readonly width: number },
): string[][] {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.slice(0, -1).map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  const before = widths.reduce((sum, width) => sum + width + 2, 0);
  return all.map((row) => {
    const cells = widths.map((width, i) =>
      columns[i]!.align === "right" ? row[i]!.padStart(width) : row[i]!.padEnd(width)
    );
    const lines = wrap(row.at(-1)!, Math.max(20, width - before));
    return lines.map((line, i) =>
      (i === 0 ? [...cells, line].join("  ") : " ".repeat(before) + line).trimEnd()
    );
  });
}

/** A text in lines, at least one; a word longer than `width` has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)!;
    if (last === "") lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}
